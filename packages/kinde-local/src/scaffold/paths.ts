/**
 * Returns a relative path with `/`. On every system, tsconfig.json, package.json and messages use
 * `/`.
 */
export function toPosix(path: string): string {
  return path.replaceAll("\\", "/");
}
