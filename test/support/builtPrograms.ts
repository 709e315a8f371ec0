import { readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const REPOSITORY = join(import.meta.dirname, "../..");

/** The esbuild that kinde-local bundles workflows with. */
const { build } = createRequire(join(REPOSITORY, "packages/kinde-local/package.json"))(
  "esbuild",
) as { build(options: object): Promise<unknown> };

/** The programs that tests start as processes, some of them dozens of times. */
const PROGRAMS = [
  "local/start.ts",
  "local/demo.ts",
  "local/claimsPending.ts",
  "bench/index.ts",
  "examples/express/main.ts",
  "test/supabase/programs/hold.ts",
];

/**
 * Builds the programs to JavaScript once for the whole test run, because a start through tsx costs
 * about one more second of processor time. The tests in `test/local/command` and
 * `test/local/start/secrets.test.ts` start them as the npm scripts do.
 *
 * @param folder an existing folder for the programs. Other users must not be able to write in it
 */
export async function buildPrograms(folder: string): Promise<void> {
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  await build({
    absWorkingDir: REPOSITORY,
    entryPoints: PROGRAMS,
    outbase: REPOSITORY,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    plugins: [keepOwnPaths],
    logLevel: "warning",
  });
  process.env.TEST_PROGRAMS = folder;
}

/** The built file of a program such as `local/start.ts`, or undefined if the program is not built. */
export function builtProgram(program: string): string | undefined {
  if (!PROGRAMS.includes(program)) return undefined;
  const folder = process.env.TEST_PROGRAMS;
  if (!folder) throw new Error(`${program} was not built: globalSetup.ts did not run.`);
  return join(folder, program.replace(/\.ts$/, ".mjs"));
}

interface OnLoad {
  onLoad(
    files: { filter: RegExp },
    load: (file: { path: string }) => { contents: string; loader: string } | undefined,
  ): void;
}

/** Files find their neighbours by `import.meta`, which would point to the built file. */
const keepOwnPaths = {
  name: "keep-own-paths",
  setup({ onLoad }: OnLoad) {
    onLoad({ filter: /\.[jt]s$/ }, ({ path }) => {
      if (relative(REPOSITORY, path).startsWith("node_modules")) return undefined;
      const contents = readFileSync(path, "utf8")
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
      return { contents, loader: extname(path).slice(1) };
    });
  },
};
