import { Interrupted, UsageError } from "./start/errors.ts";
import { LocalStackError } from "./supabase/errors.ts";

const EXIT = { workflowFailed: 1, usage: 2, stack: 3 } as const;

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  if (code !== "EPIPE") {
    fail(`The output could not be written (${code}).`, EXIT.workflowFailed);
  }
});

try {
  const { readOptions } = await import("./start/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { start } = await import("./start/start.ts");
  process.exitCode ??= (await start(options)) ? 0 : EXIT.workflowFailed;
} catch (error) {
  if (error instanceof UsageError) {
    fail(error.message, EXIT.usage);
  } else if (error instanceof Interrupted) {
    process.exitCode = error.exitCode;
  } else if (isMissingModule(error)) {
    fail(
      `${error.message.split(" imported")[0]}. Run npm ci, with install scripts allowed.`,
      EXIT.usage,
    );
  } else if (error instanceof LocalStackError) {
    fail(error.message, EXIT.stack);
  } else {
    throw error;
  }
}

/** Not all is installed, or kinde-local has not been built, which `npm ci` does. */
function isMissingModule(error: unknown): error is Error {
  return (error as NodeJS.ErrnoException | null)?.code === "ERR_MODULE_NOT_FOUND";
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`npm start: ${message}\n`);
  process.exitCode = exitCode;
}
