import { createHash } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import type { RunError } from "../types.ts";
import { type BundleProblems, buildProblems } from "./buildError.ts";
import * as esbuild from "./esbuild.ts";
import { MAP_COMMENT } from "./mapComment.ts";
import { type Mend, mendImports, NO_MEND } from "./mendImports.ts";
import { type MissingImport, missingImport } from "./missingImport.ts";
import { packageFallback } from "./packageFallback.ts";
import { refusePackages, type Target, WORKFLOWS } from "./refusePackages.ts";

export interface Bundle {
  /** The program, without its inline source map. */
  code: string;
  /** The source map as JSON. */
  map: string;
  /** A hash of the code and the folder. */
  hash: string;
  /** The absolute paths of all files in the bundle. */
  inputs: string[];
  /** Names that the code reads through `import * as`, but that the module does not export. */
  undefinedImports: { missing: MissingImport; file: string; line: number; column: number }[];
  /** The folder to which the paths in the source map are relative. */
  mapFolder: string;
}

export type Bundled =
  | { bundle: Bundle; problems: null }
  | { bundle: null; problems: BundleProblems };

/**
 * Our own limit, in characters: parsing a larger bundle takes seconds. Kinde's limit is not known.
 * A bundle of 2 MB was seen to stop its engine.
 */
const MAX_BUNDLE = 5_000_000;

/**
 * Bundles one workflow or page with the options of Kinde's bundler. With the target esnext, newer
 * syntax is not replaced. Syntax that the engine cannot read is refused later, at introspection.
 *
 * @param mend imports that failed in an earlier build and now succeed, so that the rest can be
 * checked
 */
export async function bundleWorkflow(
  file: string,
  projectFolder: string,
  target: Target = WORKFLOWS,
  mend: Mend = NO_MEND,
): Promise<Bundled> {
  const folder = dirname(file);
  const allowed = { ...target, packages: [...target.packages, ...mend.packages] };
  try {
    const result = await esbuild.build({
      entryPoints: [basename(file)],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: "cjs",
      target: "esnext",
      platform: "browser",
      minifyWhitespace: true,
      minifySyntax: true,
      treeShaking: true,
      sourcemap: "inline",
      sourcesContent: true,
      legalComments: "none",
      charset: "utf8",
      loader: { ".ts": "ts", ".tsx": "tsx", ".js": "js", ".jsx": "jsx" },
      outdir: "output",
      logLevel: "silent",
      nodePaths: packageFallback(),
      external: [...target.external],
      plugins: mend === NO_MEND ? [] : [mendImports(mend)],
    });
    const refused = refusePackages(result.metafile, folder, projectFolder, allowed);
    if (refused) return { bundle: null, problems: refused };
    if (result.outputFiles.length !== 1)
      return failed(file, {
        ...{ code: "BUNDLE_FAILED", name: "BundleError", instead: null },
        message: "The build produced several files, but Kinde accepts only one.",
      });
    const bundle = readOutput(result, folder);
    if (bundle.code.length > MAX_BUNDLE) return failed(file, tooLarge(bundle.code.length));
    return { bundle, problems: null };
  } catch (error) {
    return { bundle: null, problems: buildProblems(error, folder, file, target) };
  }
}

type Built = esbuild.BuildResult<{ write: false; metafile: true }>;

function readOutput(result: Built, folder: string): Bundle {
  const text = result.outputFiles[0]?.text ?? "";
  const mapAt = text.lastIndexOf(MAP_COMMENT);
  const code = mapAt < 0 ? text : text.slice(0, mapAt);
  const encoded = mapAt < 0 ? "" : text.slice(mapAt + MAP_COMMENT.length).trim();
  return {
    code,
    map: Buffer.from(encoded, "base64").toString("utf8"),
    hash: createHash("sha256").update(folder).update(code).digest("hex"),
    inputs: Object.keys(result.metafile.inputs).map((path) => resolve(folder, path)),
    undefinedImports: result.warnings.flatMap((warning) => {
      const missing = missingImport(warning, folder);
      const { location } = warning;
      if (!missing || !location) return [];
      const { line, column } = location;
      return [{ missing, file: resolve(folder, location.file), line, column: column + 1 }];
    }),
    mapFolder: resolve(folder, "output"),
  };
}

type Failure = Pick<RunError, "code" | "name" | "message" | "instead"> & { subject?: string };

function tooLarge(length: number): Failure {
  const size = (length / 1e6).toFixed(1);
  return {
    code: "BUNDLE_TOO_LARGE",
    name: "BundleTooLarge",
    message: `The bundle has ${size} MB, and kinde-local accepts at most ${MAX_BUNDLE / 1e6} MB. Kinde loads all of it for every run: leave out what the workflow does not need, above all data that a service can provide.`,
    instead: null,
  };
}

function failed(file: string, failure: Failure): Bundled {
  const nowhere = { file, line: null, column: null };
  const error = { subject: null, ...failure, ...nowhere };
  return { bundle: null, problems: [{ error, missing: null }] };
}
