import { commandOf, readArguments } from "../../command/readArguments.ts";

export interface DoctorOptions {
  readonly json: boolean;
  readonly fix: boolean;
  readonly yes: boolean;
  readonly envFile?: string;
  readonly token?: string;
  readonly log?: string;
}

const HELP = `
Without --fix, the doctor changes nothing. It checks what the settings allow, and reports what it
could not check.
The settings come from the --env-file, or from the environment. See .env.hosted.example.

With --token and --log, exit code 0 means that the token or every run of the log is all right.
docs/doctor.md lists the codes.

Exit codes: 0 all is well, 1 a check failed, 2 bad usage or settings.`;

/**
 * Reads the command line of `npm run doctor`. `--help` prints the help and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): DoctorOptions {
  const command = commandOf("npm run doctor")
    .description("Find out what is wrong with your hosted Supabase and Kinde.")
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .option("--env-file <file>", "read the settings from this file, such as .env.hosted")
    .option(
      "--fix",
      "if the set-up can fix a problem, run npm run setup -- --apply and check again",
      false,
    )
    .option("--yes", "with --fix: ask no question", false)
    .option(
      "--token <file>",
      "examine an access token instead: a file, - for standard input, or the token itself, which other users of this machine can then see",
    )
    .option(
      "--log <file>",
      "sum up the exported runtime log of the workflow instead: a file, or - for standard input",
    )
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}
