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
  /** Starts the program as `npm start` does, and not the faster one that is built for the tests. */
  readonly asInstalled?: boolean;
}

/** Starts `npm start -- …` without npm, so that signals reach it and the exit code is its own. */
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
