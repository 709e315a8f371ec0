import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { BundleProblem } from "./buildError.ts";
import type { Loader, Plugin } from "./esbuild.ts";

/** The failed imports of a workflow, which `mendImports` replaces. */
export interface Mend {
  /** Modules, each named as in its import; they become empty. */
  modules: readonly string[];
  /** Exports, each with the absolute path of the file that lacks it; they become undefined. */
  exports: readonly { file: string; name: string }[];
}

/** Returns how to bundle the rest of a workflow; null if something else than an import failed. */
export function mendOf(problems: readonly BundleProblem[]): Mend | null {
  const modules: string[] = [];
  const exports: { file: string; name: string }[] = [];
  for (const { error, missing } of problems) {
    if (error.code === "PACKAGE_NOT_ALLOWED" && error.subject) modules.push(error.subject);
    else if (missing?.what === "export") {
      const { file, name } = missing;
      if (file === null || !SOURCE.test(file) || !NAME.test(name)) return null;
      exports.push({ file, name });
    } else if (missing) modules.push(missing.name);
    else return null;
  }
  return { modules, exports };
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const NAME = /^[\w$]+$/;

const NAMESPACE = "kinde-local-empty";
const LOADERS: Record<string, Loader> = {
  ...{ ".ts": "ts", ".mts": "ts", ".cts": "ts" },
  ...{ ".tsx": "tsx", ".jsx": "jsx" },
};

/** A plugin of the bundler that lets failed imports succeed, so that the rest can be checked. */
export function mendImports({ modules, exports }: Mend): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, kind }) => {
        if (kind === "entry-point" || !isIn(path, modules)) return;
        return { path, namespace: NAMESPACE };
      });
      // A CommonJS module may have any export, so that the bundler misses none.
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

/** A package is replaced with all of its paths, such as `lodash/get`. */
function isIn(path: string, modules: readonly string[]): boolean {
  return modules.some((name) => path === name || path.startsWith(`${name}/`));
}

function exportOf(name: string): string {
  return name === "default" ? "export default undefined;" : `export let ${name};`;
}
