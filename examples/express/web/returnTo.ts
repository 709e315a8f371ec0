/**
 * Reads the path of this app to go back to from a request.
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
