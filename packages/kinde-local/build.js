// Builds dist/: the library, the command, the realm and the types. `npm ci` runs it
// (prepare). `--no-types` leaves the types as they are, which is what a change to a body needs;
// `--clean` empties dist/ first, so that a package holds nothing of an earlier build.
import { execFile } from "node:child_process";
import { chmod, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = import.meta.dirname;
const common = { absWorkingDir: root, bundle: true, target: "node20.19", logLevel: "warning" };
if (process.argv.includes("--clean"))
  await rm(join(root, "dist"), { recursive: true, force: true });
const withTypes = !process.argv.includes("--no-types");

// Nothing in dist is removed before its successor is there: tests of others may be reading it.
await Promise.all([
  build({
    ...common,
    entryPoints: {
      index: "src/index.ts",
      cli: "src/cli/cli.ts",
      realm: "src/realm/child/realmMain.ts",
    },
    outdir: "dist",
    format: "esm",
    platform: "node",
    packages: "external",
  }),
  // Evaluated inside every realm; the realm process wants the text of an expression.
  build({
    ...common,
    entryPoints: { inside: "src/realm/inside/index.ts" },
    outdir: "dist",
    format: "iife",
    globalName: "inside",
    banner: { js: "(() => {" },
    footer: { js: "return inside.default; })()" },
  }),
  withTypes ? emitTypes() : undefined,
]);
await chmod(join(root, "dist/cli.js"), 0o755);

async function emitTypes() {
  const tsc = findCompiler();
  if (tsc === null) return;
  await promisify(execFile)(process.execPath, [
    tsc,
    "--project",
    join(root, "tsconfig.build.json"),
  ]).catch((error) => {
    process.stderr.write(error.stdout ?? String(error));
    process.exitCode = 1;
  });
}

/** An install without development dependencies has no compiler, and needs no types. */
function findCompiler() {
  try {
    const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
    return join(dirname(typescript), "bin/tsc");
  } catch {
    return null;
  }
}
