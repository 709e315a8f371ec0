import { Command, CommanderError, InvalidArgumentError } from "commander";
import { UsageError } from "./errors.ts";

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
 * Reads the command line of `npm start`. `--help` prints and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): StartOptions {
  const command = new Command("npm start --")
    .description("Run the workflow for each user and show the claims their access token would get.")
    .option("--user <id>", "run it for this user (repeatable)", collect, [])
    .option("--keep", "leave the servers up until Ctrl-C, and print how to reach them", false)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .option("--env-file <file>", "read SUPABASE_URL and SUPABASE_SECRET_KEY from this file")
    .option("--port <number>", "port of the local Supabase (default: a free one)", parsePort)
    .addHelpText("after", HELP)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  // Up to Node 22, node itself looks for --env-file behind the script's name, and stops at a "--".
  // The npm script has one, for that reason alone.
  const [first, ...others] = argv;
  try {
    return command
      .parse(first === "--" ? others : [...argv], { from: "user" })
      .opts<StartOptions>();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      process.exit(0);
    }
    const problem = error instanceof Error ? error.message : String(error);
    const sentence = problem
      .replace(/^error: /, "")
      .replace(/\s*\n\s*/g, " ")
      .replace(/\.$/, "");
    throw new UsageError(`${sentence}. See npm start -- --help.`);
  }
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError("A port is a number from 1 to 65535.");
  }
  return port;
}
