import { CommandError, Interrupted } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";

/**
 * Runs a command and sets the exit code of this process. If the failure is an expected one, its
 * message is printed behind the command's name; any other error is a bug and keeps its stack trace.
 *
 * @param name what the user typed, such as `npm start`
 * @param main returns the exit code. It imports what the command needs, so that a missing module is
 *   reported like any other failure
 */
export async function runCommand(name: string, main: () => Promise<number>): Promise<void> {
  const fail = (message: string, exitCode: number) => {
    process.stderr.write(`${name}: ${message}\n`);
    process.exitCode = exitCode;
  };
  // A reader that stops reading, such as `head`, is not a failure.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code !== "EPIPE") fail(`The output could not be written (${code}).`, EXIT.failed);
  });
  try {
    const exitCode = await main();
    process.exitCode ??= exitCode;
  } catch (error) {
    if (error instanceof CommandError) {
      fail(error.message, error.exitCode);
    } else if (error instanceof Interrupted) {
      process.exitCode = error.exitCode;
    } else if (isMissingModule(error)) {
      const missing = error.message.split(" imported")[0];
      fail(`${missing}. Run npm ci, with install scripts allowed.`, EXIT.usage);
    } else {
      throw error;
    }
  }
}

/** A package is not installed, or kinde-local is not built. `npm ci` does both. */
function isMissingModule(error: unknown): error is Error {
  return (error as NodeJS.ErrnoException | null)?.code === "ERR_MODULE_NOT_FOUND";
}
