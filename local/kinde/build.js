// Builds dist/: the command, the library, the worker and their types. Runs on `npm ci` (prepare).
import { build } from "esbuild";

await build({
  entryPoints: { index: "src/index.ts" },
  absWorkingDir: import.meta.dirname,
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  sourcemap: true,
});
