import { CommanderError } from "commander";
import { KindeError } from "../errors.ts";
import { visible } from "../visible.ts";
import { ExitCode } from "./exitCodes.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command and returns its exit code. It never throws, and prints no stack trace for a
 * user's mistake.
 */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = ExitCode.done;
  const program = createProgram((result) => {
    code = result;
  });
  if (args.length === 0) {
    process.stderr.write(program.helpInformation());
    return ExitCode.usage;
  }
  try {
    await program.parseAsync(asCommand(args), { from: "user" });
    return code;
  } catch (error) {
    return report(error);
  }
}

/** Turns `--explain NAME` without a command into the command `explain NAME`. */
function asCommand(args: readonly string[]): string[] {
  const [first = "", ...rest] = args;
  const [option, name] = first.split(/=(.*)/s);
  if (option !== "--explain") return [...args];
  return ["explain", ...(name === undefined ? [] : [name]), ...rest];
}

function report(error: unknown): number {
  // Commander has already written its own message (or the help).
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  if (error instanceof KindeError) {
    process.stderr.write(`kinde-local: ${visible(error.message)}\n`);
    return error.code === "PROCESS_LOST" ? ExitCode.failed : ExitCode.usage;
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `kinde-local: this is a bug in kinde-local. Please report it.\n${visible(message, "")}\n`,
  );
  return ExitCode.failed;
}
