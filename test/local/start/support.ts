import { join } from "node:path";
import { ROOT } from "../../docs/support/files.ts";
import {
  type Ended,
  type ProgramOptions,
  type RunningProgram,
  startProgram,
} from "../../support/programs.ts";

/** `npm start -- …` as a process. Without npm in between, so that signals and exit codes are its own. */
export function spawnStart(args: readonly string[], options?: ProgramOptions): RunningProgram {
  const launcher = join(ROOT, "local/command/run.js");
  return startProgram(process.execPath, [launcher, "local/start.ts", "--", ...args], options);
}

export function start(args: readonly string[], options?: ProgramOptions): Promise<Ended> {
  return spawnStart(args, options).ended;
}
