/**
 * Reads from a request the path to which the browser goes back. It is always a path of this app.
 *
 * @returns "/" for anything that could lead elsewhere
 */
export function readReturnTo(value: unknown): string {
  // Browsers read "/\\" as "//", and remove tabs and line breaks from a URL before they parse it.
  if (typeof value !== "string" || !/^\/[^\\\s\p{Cc}]*$/u.test(value)) return "/";
  const { pathname, search } = new URL(`http://app.invalid${value}`);
  // The parsed path is checked, too, because the parser turns "/..//elsewhere" into "//elsewhere".
  return pathname.startsWith("//") ? "/" : pathname + search;
}
