import { commandOf, portNumber, readArguments } from "../command/readArguments.ts";

export type StartOptions = {
  /** The users to run the workflow for; empty means the seeded ones and one without a row. */
  readonly user: readonly string[];
  readonly keep: boolean;
  readonly json: boolean;
  readonly envFile?: string;
  readonly port?: number;
};

const HELP = `
Without settings, PostgreSQL and PostgREST are started on this machine, with the migrations and the
seed of supabase/. With SUPABASE_URL and SUPABASE_SECRET_KEY, in the environment or the --env-file,
the workflow reads that project instead; name its users with --user.

Exit codes: 0 done, 1 the workflow failed for a user, 2 bad usage, 3 a local server did not start.`;

/**
 * Reads the command line of `npm start`. `--help` prints the help and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): StartOptions {
  const command = commandOf("npm start")
    .description("Run the workflow for each user and show the claims their access token would get.")
    .option("--user <id>", "run it for this user (repeatable)", collect, [])
    .option("--keep", "leave the servers up until Ctrl-C, and print how to reach them", false)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .option("--env-file <file>", "read SUPABASE_URL and SUPABASE_SECRET_KEY from this file")
    .option("--port <number>", "port of the local Supabase (default: a free one)", portNumber)
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}
