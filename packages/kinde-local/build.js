// Builds dist/: the library (ESM and CommonJS), the command, the realm, the bundler and the types.
// `npm ci` in the repository runs it (prepare). `--no-types` does not build the types: use it after
// a change inside a function. `--clean` empties dist/ first, so that the package contains nothing
// from an earlier build.
import { execFile } from "node:child_process";
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const root = import.meta.dirname;
const dist = join(root, "dist");
const require = createRequire(import.meta.url);

const esbuild = await import("esbuild").catch(() => null);
if (esbuild === null) {
  process.stdout.write(
    "kinde-local: not built, because the development dependency esbuild is not installed.\n",
  );
  process.exit();
}
const { build } = esbuild;

const common = { absWorkingDir: root, bundle: true, target: "node20.19", logLevel: "warning" };
const library = { ...common, outdir: "dist", platform: "node", packages: "external" };
/** Makes dist/ load the bundler's library from dist/esbuild, see src/bundle/esbuild.ts. */
const ownBundler = {
  name: "own bundler",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^esbuild$/ }, () => ({ path: "./esbuild/lib/main.js", external: true })),
};

/** Keeps the commands in a separate file, which an older Node does not load, see src/cli/cli.ts. */
const ownMain = {
  name: "own main",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: "./main.js", external: true })),
};

if (process.argv.includes("--clean")) await rm(dist, { recursive: true, force: true });
const withTypes = !process.argv.includes("--no-types");

// Without `--clean`, no file in dist is deleted before its replacement is written, because tests of
// another process may be reading it.
await Promise.all([
  build({
    ...library,
    entryPoints: {
      index: "src/index.ts",
      snapshot: "src/snapshot/index.ts",
      cli: "src/cli/cli.ts",
      main: "src/cli/main.ts",
      realm: "src/realm/child/realmMain.ts",
    },
    format: "esm",
    plugins: [ownBundler, ownMain],
  }),
  build({
    ...library,
    entryPoints: { index: "src/index.ts", snapshot: "src/snapshot/index.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [ownBundler],
    define: { "import.meta.url": "moduleUrl" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  }),
  // Every realm evaluates this code. The realm process needs it as the source of one expression.
  build({
    ...common,
    entryPoints: { inside: "src/realm/inside/index.ts" },
    outdir: "dist",
    format: "iife",
    globalName: "inside",
    banner: { js: "(() => {" },
    footer: { js: "return inside.default; })()" },
  }),
  copyBundler(),
  withTypes ? emitTypes() : undefined,
]);
await chmod(join(dist, "cli.js"), 0o755);

/** Copies esbuild's library unchanged, because it checks that its own file is lib/main.js. */
async function copyBundler() {
  const from = dirname(require.resolve("esbuild/package.json"));
  const to = join(dist, "esbuild");
  await mkdir(join(to, "lib"), { recursive: true });
  await Promise.all([
    copyFile(join(from, "lib/main.js"), join(to, "lib/main.js")),
    copyFile(join(from, "LICENSE.md"), join(to, "LICENSE.md")),
    writeFile(join(to, "package.json"), '{"type":"commonjs"}\n'),
  ]);
}

/** Writes the types, and a copy of them that TypeScript uses for the CommonJS build. */
async function emitTypes() {
  const tsc = findCompiler();
  if (tsc === null) return;
  const args = [tsc, "--project", join(root, "tsconfig.build.json")];
  await promisify(execFile)(process.execPath, args).catch((error) => {
    process.stderr.write(error.stdout ?? String(error));
    process.exitCode = 1;
  });
  const copy = join(dist, "types-cjs");
  await cp(join(dist, "types"), copy, { recursive: true });
  await writeFile(join(copy, "package.json"), '{"type":"commonjs"}\n');
  // @kinde/infrastructure is an ES module, and a CommonJS file needs this attribute to import its
  // types.
  const events = join(copy, "events/sampleEvents.d.ts");
  const text = await readFile(events, "utf8");
  const attributes = '$& with { "resolution-mode": "import" }';
  await writeFile(events, text.replace(/"@kinde\/infrastructure[^"]*"/, attributes));
}

/**
 * Returns null if the development dependencies are not installed. Such an install needs no types.
 */
function findCompiler() {
  try {
    return join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  } catch {
    return null;
  }
}
