import { join } from "node:path";
import { ROOT } from "../../docs/support/files.ts";
import {
  type Ended,
  type ProgramOptions,
  type RunningProgram,
  startProgram,
  startTypeScript,
} from "../../support/programs.ts";

interface StartOptions extends ProgramOptions {
  /** Starts it as `npm start` does, and not the program built for the tests, which is cheaper. */
  readonly asInstalled?: boolean;
}

/** `npm start -- …` as a process. Without npm in between, so that signals and exit codes are its own. */
export function spawnStart(
  args: readonly string[],
  { asInstalled = false, ...options }: StartOptions = {},
): RunningProgram {
  if (!asInstalled) return startTypeScript("local/start.ts", ["--", ...args], options);
  const launcher = join(ROOT, "local/command/run.js");
  return startProgram(process.execPath, [launcher, "local/start.ts", "--", ...args], options);
}

export function start(args: readonly string[], options?: StartOptions): Promise<Ended> {
  return spawnStart(args, options).ended;
}
