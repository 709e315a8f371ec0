import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

const exe = process.platform === "win32" ? ".exe" : "";

/** npm's name of the package that holds Deno's program for this system. */
const PLATFORM_PACKAGE = `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`;

/** How to get Deno, for the line that says that it was not found. */
export const HOW_TO_GET_DENO = "npm install --no-save deno@2.9.6";

/**
 * Finds Deno, which runs the edge functions: the program that `DENO_BIN` names, the one of npm's
 * package `deno` (an optional peer dependency), or `deno` in `PATH`.
 *
 * @returns the path of the program, or undefined
 */
export function findDeno(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment.DENO_BIN) return environment.DENO_BIN;
  return installedDeno(import.meta.url) ?? denoInPath(environment.PATH ?? "");
}

/**
 * Finds the program in npm's package `deno`. npm's command `deno` is a script that starts the
 * program as another process, which would outlive the script.
 *
 * @param file a file of the project in which the package is installed
 */
export function installedDeno(file: string | URL): string | undefined {
  const require = createRequire(file);
  try {
    const owner = createRequire(require.resolve("deno/package.json"));
    const program = join(dirname(owner.resolve(`${PLATFORM_PACKAGE}/package.json`)), `deno${exe}`);
    return isProgram(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function denoInPath(path: string): string | undefined {
  const folders = path.split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, `deno${exe}`)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
