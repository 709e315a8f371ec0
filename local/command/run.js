// @ts-check
// The npm scripts that run a TypeScript program of this repository start it through this one:
//   node local/command/run.js <program.ts> -- <its arguments>
// It installs the dependencies if they are not installed, then runs <program.ts> in this same
// process. Without <program.ts> it only installs. Plain JavaScript: it runs before anything is
// installed.

import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installDependencies } from "./install.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const [node = "", , program] = process.argv;
if ((await installDependencies(REPOSITORY)) && program) {
  // tsx keeps compiled programs in <tmp>/tsx-<uid>, and runs what it finds there. On a shared
  // machine another user can make that folder first. The child processes inherit the setting.
  process.env.TSX_DISABLE_CACHE = "1";
  const file = resolve(REPOSITORY, program);
  process.argv.splice(0, 3, node, file);
  const { register } = await import("tsx/esm/api");
  register();
  await import(pathToFileURL(file).href);
}
