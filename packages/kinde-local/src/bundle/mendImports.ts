import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { BundleProblem } from "./buildError.ts";
import type { Loader, Plugin } from "./esbuild.ts";

/** The failed imports of a workflow, which `mendImports` replaces. */
export interface Mend {
  /** Packages that are replaced by empty modules, also in imports such as `package/path`. */
  packages: readonly string[];
  /** Files that are replaced by empty modules, each under the name that `importer` gives it. */
  files: readonly { name: string; importer: string }[];
  /** Exports that become undefined, each with the absolute path of the file that lacks it. */
  exports: readonly { file: string; name: string }[];
}

export const NO_MEND: Mend = { packages: [], files: [], exports: [] };

/**
 * Returns the imports to replace in the next attempt. Null if something other than an import
 * failed.
 */
export function mendOf(problems: readonly BundleProblem[]): Mend | null {
  const packages: string[] = [];
  const files: { name: string; importer: string }[] = [];
  const exports: { file: string; name: string }[] = [];
  for (const { error, missing } of problems) {
    if (error.code === "PACKAGE_NOT_ALLOWED" && error.subject) packages.push(error.subject);
    else if (missing?.what === "package") packages.push(missing.name);
    else if (!missing || missing.file === null) return null;
    else if (missing.what === "file") files.push({ name: missing.name, importer: missing.file });
    else if (SOURCE.test(missing.file) && NAME.test(missing.name))
      exports.push({ file: missing.file, name: missing.name });
    else return null;
  }
  return { packages, files, exports };
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const NAME = /^[\w$]+$/;
const NAMESPACE = "kinde-local-empty";
const LOADERS: Record<string, Loader> = {
  ...{ ".ts": "ts", ".mts": "ts", ".cts": "ts" },
  ...{ ".tsx": "tsx", ".jsx": "jsx" },
};

/** A plugin of the bundler that lets failed imports succeed, so that the rest can be checked. */
export function mendImports({ packages, files, exports }: Mend): Plugin {
  const isReplaced = (path: string, from: string): boolean =>
    packages.some((name) => path === name || path.startsWith(`${name}/`)) ||
    files.some(({ name, importer }) => name === path && importer === from);
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point" || !isReplaced(path, importer)) return;
        return { path, namespace: NAMESPACE };
      });
      // esbuild assumes that a CommonJS module may export any name, so it reports no missing
      // export.
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({
        contents: "module.exports = {};",
      }));
      build.onLoad({ filter: /.*/ }, ({ path }) => {
        const names = exports.filter(({ file }) => file === path).map(({ name }) => name);
        if (names.length === 0) return;
        const added = [...new Set(names)].map(exportOf).join("");
        const contents = `${readFileSync(path, "utf8")}\n${added}`;
        return { contents, loader: LOADERS[extname(path)] ?? "js" };
      });
    },
  };
}

/**
 * Adds an export of a new variable with another name, because the file may already have a variable
 * with the name of the export that it does not export.
 */
function exportOf(name: string, index: number): string {
  return `let kindeLocalMissing${index}; export { kindeLocalMissing${index} as ${name} };`;
}
