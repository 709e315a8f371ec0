import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { blankComments } from "../blankComments.ts";
import type { RunError } from "../types.ts";
import type { BundleProblems } from "./buildError.ts";
import type { Metafile } from "./esbuild.ts";

/** A kind of file that Kinde builds: its name, and the packages that it may import. */
export interface Target {
  name: "workflows" | "pages";
  /** The packages that Kinde installs, according to its documentation. */
  packages: readonly string[];
  /** The packages as the documentation writes them. */
  list: string;
  /**
   * Packages that do not have to be installed on this machine, and that are not put into the
   * bundle.
   */
  external: readonly string[];
}

const PAGE_PACKAGES = ["react", "react-dom", "liquidjs"];

export const WORKFLOWS: Target = {
  name: "workflows",
  packages: ["@kinde/infrastructure"],
  list: "@kinde/infrastructure",
  external: [],
};

export const PAGES: Target = {
  name: "pages",
  packages: [...WORKFLOWS.packages, ...PAGE_PACKAGES],
  list: "@kinde/infrastructure, react, react-dom/server.browser, liquidjs",
  external: PAGE_PACKAGES,
};

/**
 * Finds the packages that Kinde would not install, each at its first import. Null if there are
 * none.
 */
export function refusePackages(
  metafile: Metafile,
  folder: string,
  projectFolder: string,
  target: Target,
): BundleProblems | null {
  const refused = new Map<string, RunError>();
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    const importer = resolve(folder, input);
    if (isInstalled(importer)) continue;
    for (const { original, path } of imports) {
      const name = packageName(original);
      if (name === null || target.packages.includes(name)) continue;
      const imported = resolve(folder, path);
      if (!isInstalled(imported) && !isLinked(name, projectFolder)) continue; // an alias of tsconfig.json
      if (!refused.has(name)) refused.set(name, refusal(name, importer, original ?? name, target));
    }
  }
  const [first, ...others] = [...refused.values()].map((error) => ({ error, missing: null }));
  return first ? [first, ...others] : null;
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

function refusal(
  name: string,
  file: string,
  specifier: string,
  { name: what, list }: Target,
): RunError {
  return {
    code: "PACKAGE_NOT_ALLOWED",
    name: "PackageNotAllowed",
    message: `The package "${name}" is not on Kinde's list for ${what} (${list}): Kinde does not install it, so Sync code would fail.`,
    instead: "Copy what you need from it into your own files.",
    subject: name,
    file,
    ...importedAt(file, specifier),
  };
}

/** Finds the line and column of an import, because esbuild reports only the file. */
function importedAt(file: string, specifier: string): Pick<RunError, "line" | "column"> {
  const text = blankComments(readFileSync(file, "utf8"));
  const at = [`"${specifier}"`, `'${specifier}'`]
    .map((quoted) => text.indexOf(quoted))
    .find((i) => i >= 0);
  if (at === undefined) return { line: null, column: null };
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
