import { Interrupted, UsageError } from "./start/errors.ts";
import { readOptions } from "./start/options.ts";
import { start } from "./start/start.ts";
import { LocalStackError } from "./supabase/index.ts";

const EXIT = { workflowFailed: 1, usage: 2, stack: 3 } as const;

try {
  process.exitCode = (await start(readOptions(process.argv.slice(2)))) ? 0 : EXIT.workflowFailed;
} catch (error) {
  if (error instanceof UsageError) {
    fail(error.message, EXIT.usage);
  } else if (error instanceof LocalStackError) {
    fail(error.message, EXIT.stack);
  } else if (error instanceof Interrupted) {
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`npm start: ${message}\n`);
  process.exitCode = exitCode;
}
