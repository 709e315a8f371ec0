import { createRequire } from "node:module";

export interface PackageInfo {
  version: string;
  dependencies: Readonly<Record<string, string>>;
}

/**
 * Finds our own package.json by the package's name, because src/ and dist/ have different depths.
 */
export function packageInfo(): PackageInfo {
  return createRequire(import.meta.url)("kinde-local/package.json") as PackageInfo;
}
