import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { RunError } from "../types.ts";
import type { Metafile } from "./esbuild.ts";

/** The packages that Kinde installs for workflows (Kinde's documentation; pages have three more). */
export const ALLOWED_PACKAGES: readonly string[] = ["@kinde/infrastructure"];

/** The first import of a package that Kinde would not install, or null. */
export function refusePackages(
  metafile: Metafile,
  folder: string,
  projectFolder: string,
): RunError | null {
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    const importer = resolve(folder, input);
    if (isInstalled(importer)) continue;
    for (const { original, path } of imports) {
      const name = packageName(original);
      if (name === null || ALLOWED_PACKAGES.includes(name)) continue;
      const target = resolve(folder, path);
      if (!isInstalled(target) && !isLinked(name, projectFolder)) continue; // an alias of tsconfig.json
      return refusal(name, importer, original ?? name);
    }
  }
  return null;
}

function packageName(specifier: string | undefined): string | null {
  if (!specifier || /^[./#]|^[a-zA-Z]+:/.test(specifier)) return null;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function isInstalled(path: string): boolean {
  return path.replaceAll("\\", "/").includes("/node_modules/");
}

function isLinked(name: string, from: string): boolean {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name))) return true;
    if (folder === dirname(folder)) return false;
  }
}

function refusal(name: string, file: string, specifier: string): RunError {
  return {
    code: "PACKAGE_NOT_ALLOWED",
    name: "PackageNotAllowed",
    message: `The package "${name}" is not on Kinde's list for workflows (${ALLOWED_PACKAGES.join(", ")}): Kinde does not install it, so Sync code would fail.`,
    instead: "Copy what you need from it into your own files.",
    subject: name,
    file,
    ...importedAt(file, specifier),
  };
}

/** esbuild tells that a file imports something, not where. */
function importedAt(file: string, specifier: string): Pick<RunError, "line" | "column"> {
  const text = readFileSync(file, "utf8");
  const at = [`"${specifier}"`, `'${specifier}'`]
    .map((quoted) => text.indexOf(quoted))
    .find((i) => i >= 0);
  if (at === undefined) return { line: null, column: null };
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
