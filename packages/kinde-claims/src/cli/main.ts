import { ConfigurationError } from "../errors/ConfigurationError.ts";
import { EXIT } from "./exitCodes.ts";
import { HELP } from "./help.ts";
import { readArguments } from "./readArguments.ts";
import { readSettings } from "./readSettings.ts";
import { relay } from "./relay.ts";
import { UsageError } from "./UsageError.ts";

/**
 * Runs the command line. An error that the user can correct is printed as one sentence; any other
 * error is a bug and keeps its stack trace.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args === "help") {
      process.stdout.write(HELP);
      return EXIT.done;
    }
    return await relay(readSettings(args.envFile, process.env), args);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigurationError)) throw error;
    process.stderr.write(`kinde-claims: ${error.message}\n`);
    return EXIT.usage;
  }
}
