/** A relative path with `/`, as tsconfig.json, package.json and messages have it on every system. */
export function toPosix(path: string): string {
  return path.replaceAll("\\", "/");
}
