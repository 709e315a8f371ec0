import { createRequire } from "node:module";

export interface PackageInfo {
  version: string;
  dependencies: Readonly<Record<string, string>>;
}

/** Our own package.json, by the package's own name: src/ and dist/ do not lie at the same depth. */
export function packageInfo(): PackageInfo {
  return createRequire(import.meta.url)("kinde-local/package.json") as PackageInfo;
}
