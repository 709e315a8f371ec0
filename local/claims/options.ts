import { commandOf, readArguments } from "../command/readArguments.ts";

export type PendingOptions = {
  readonly json: boolean;
  readonly retryDead: boolean;
  readonly envFile?: string;
};

const HELP = `
SUPABASE_URL and SUPABASE_SECRET_KEY name the project, in the environment or the --env-file. A change
is dead when Kinde refused it so often that the relay gave it up. --retry-dead puts the dead into the
queue again; use it when the reason is gone.

Exit codes: 0 all is well, 1 a change died, waits for more than 5 minutes or cannot be queued, or the
project did not answer, 2 bad usage or settings.`;

/**
 * Reads the command line of `npm run claims:pending`. `--help` prints the help and ends the
 * process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): PendingOptions {
  const command = commandOf("npm run claims:pending")
    .description("Show the changes of claims that Kinde does not know yet.")
    .option("--retry-dead", "put the changes that died into the queue again", false)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .option("--env-file <file>", "read SUPABASE_URL and SUPABASE_SECRET_KEY from this file")
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}
