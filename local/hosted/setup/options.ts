import { commandOf, readArguments } from "../../command/readArguments.ts";

export interface SetupOptions {
  readonly apply: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly envFile?: string;
}

const HELP = `
Without --apply, nothing is changed. With it, the plan is shown first and a question is asked.
The set-up creates and changes; it never deletes. Run it again whenever you like: it does what is left.
The settings come from the --env-file, or from the environment. See .env.hosted.example.

Exit codes: 0 done, 1 a step failed, 2 bad usage or settings.`;

/**
 * Reads the command line of `npm run setup`. `--help` prints the help and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): SetupOptions {
  const command = commandOf("npm run setup")
    .description("Show what your hosted Supabase and Kinde still need, and set it up.")
    .option("--apply", "make the changes of the plan, after a question", false)
    .option("--yes", "with --apply: ask no question", false)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .option("--env-file <file>", "read the settings from this file, such as .env.hosted")
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}
