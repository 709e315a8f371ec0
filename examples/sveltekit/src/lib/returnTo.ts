/**
 * Reads a path of this app to go back to.
 *
 * @returns "/" for anything that could lead elsewhere
 */
export function readReturnTo(value: unknown): string {
  // Browsers take "/\\" for "//", and leave tabs and line ends out of a URL before reading it.
  if (typeof value !== "string" || !/^\/[^\\\s\p{Cc}]*$/u.test(value)) return "/";
  const { pathname, search } = new URL(`http://app.invalid${value}`);
  // Checked last, because "/..//elsewhere" becomes "//elsewhere".
  return pathname.startsWith("//") ? "/" : pathname + search;
}

/** The address of a page of this app that remembers where to go back to. */
export function withReturnTo(path: string, returnTo: string): string {
  return `${path}?return_to=${encodeURIComponent(returnTo)}`;
}
