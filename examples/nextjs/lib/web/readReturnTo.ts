/**
 * Reads the path to which the user returns. It must be a path of this app.
 *
 * @returns "/" if the value is not such a path, or could lead to another site
 */
export function readReturnTo(value: unknown): string {
  // Browsers read "/\\" as "//", and remove tabs and line breaks from a URL before they read it.
  if (typeof value !== "string" || !/^\/[^\\\s\p{Cc}]*$/u.test(value)) return "/";
  const { pathname, search } = new URL(`http://app.invalid${value}`);
  // Checked after parsing, because "/..//elsewhere" becomes "//elsewhere".
  return pathname.startsWith("//") ? "/" : pathname + search;
}
