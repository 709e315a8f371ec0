import { readOptions } from "./demo/options.ts";
import { runApp } from "./demo/runApp.ts";
import { Interrupted, UsageError } from "./start/errors.ts";
import { LocalStackError } from "./supabase/index.ts";

const EXIT = { usage: 2, stack: 3 } as const;

try {
  await runApp(readOptions(process.argv.slice(2)));
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
  process.stderr.write(`npm run app: ${message}\n`);
  process.exitCode = exitCode;
}
