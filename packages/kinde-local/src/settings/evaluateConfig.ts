import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { type BuildFailure, build, type Plugin } from "../bundle/esbuild.ts";
import { KindeError } from "../errors.ts";

export interface Evaluated {
  value: unknown;
  /** Every file that the value was made of. */
  inputs: string[];
}

/**
 * Returns the default export of a settings file in TypeScript. The file is bundled to CommonJS and
 * evaluated in memory. So a saved change takes effect, no file is written, and the evaluation works
 * inside jest.
 *
 * @throws {KindeError} BAD_INPUT with the location of a syntax error, or with the error that the
 * file threw
 */
export async function evaluateConfig(file: string): Promise<Evaluated> {
  const { code, inputs } = await bundle(file);
  const module: { exports: { default?: unknown } } = { exports: {} };
  try {
    const run = compileFunction(code, ["module", "exports", "require", "__filename", "__dirname"], {
      filename: file,
    });
    run(module, module.exports, createRequire(file), file, dirname(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError("BAD_INPUT", `Evaluating ${file} failed: ${reason}. Fix the file.`);
  }
  return { value: module.exports.default, inputs };
}

/**
 * Replaces `kinde-local` in the settings file by `defineConfig` alone, because the package may not
 * be installed beside the file (npx).
 */
const OWN_NAME: Plugin = {
  name: "kinde-local",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^kinde-local$/ }, ({ path }) => ({ path, namespace: "kinde-local" }));
    onLoad({ filter: /.*/, namespace: "kinde-local" }, () => ({
      contents: "export const defineConfig = (config) => config;",
    }));
  },
};

async function bundle(file: string): Promise<{ code: string; inputs: string[] }> {
  try {
    const { outputFiles, metafile } = await build({
      ...{ entryPoints: [file], absWorkingDir: dirname(file), bundle: true, write: false },
      ...{ format: "cjs", platform: "node", target: "node20.19", packages: "external" },
      ...{ metafile: true, logLevel: "silent", plugins: [OWN_NAME] },
      define: { "import.meta.url": JSON.stringify(pathToFileURL(file).href) },
    });
    const own = Object.keys(metafile.inputs).filter((path) => !path.startsWith("kinde-local:"));
    return { code: outputFiles[0]?.text ?? "", inputs: own };
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    if (!first) throw error;
    const { text, location } = first;
    const place = location ? `:${location.line}:${location.column + 1}` : "";
    throw new KindeError("BAD_INPUT", `${file}${place} cannot be read: ${text}. Fix the file.`);
  }
}
