import { Option } from "commander";
import { commandOf, numberBetween, portNumber, readArguments } from "../command/readArguments.ts";
import { FRESHNESS_MODES, type FreshnessMode } from "../issuer/index.ts";
import { EXAMPLE_NAMES, type ExampleName } from "./front/openFront.ts";

export interface AppOptions {
  readonly example: ExampleName;
  /** Adds the inspector to each page. */
  readonly inspector: boolean;
  /** Opens the address in the browser. */
  readonly open: boolean;
  readonly port?: number;
  readonly kindePort?: number;
  /** What the local Kinde needs before a changed row shows in a token. Default: refresh_claims. */
  readonly freshness?: FreshnessMode;
  readonly tokenSeconds?: number;
  readonly envFile?: string;
  /** Lets the app write into an external Supabase project. */
  readonly allowWrites?: boolean;
  readonly measure: boolean;
  readonly runs: number;
  readonly json: boolean;
}

const HELP = `
Without settings, Supabase, Kinde and the app run on this machine, with throw-away keys and users.
With SUPABASE_URL and SUPABASE_SECRET_KEY, in the environment or the --env-file, the app uses the
rows of that project. It only reads them, unless you give --allow-writes. No user can open its back office. With the
KINDE_… variables of examples/express/README.md as well, only the app runs here.

Exit codes: 0 done, 1 a measurement failed, 2 bad usage, 3 a local server did not start.`;

/**
 * Reads the command line of `npm run app`. `--help` prints the help and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): AppOptions {
  const command = commandOf("npm run app")
    .description("Run an example app, and everything it needs, until Ctrl-C.")
    .addOption(
      new Option("--example <name>", "the example to run")
        .choices(EXAMPLE_NAMES)
        .default("express"),
    )
    .option("--open", "open the app in the browser", false)
    .option("--no-inspector", "leave the inspector out of the pages")
    .option("--port <number>", "port of the app (default: a free one)", portNumber)
    .option("--kinde-port <number>", "port of the local Kinde (default: a free one)", portNumber)
    .addOption(
      new Option(
        "--freshness <mode>",
        "what the local Kinde needs before a changed row shows in a token (default: refresh_claims)",
      ).choices(FRESHNESS_MODES),
    )
    .option(
      "--token-seconds <number>",
      "life of an access token (default: a day)",
      numberBetween(1, 86_400),
    )
    .option("--env-file <file>", "read the variables from this file")
    .option(
      "--allow-writes",
      "let the app write rows into the Supabase project that the variables name",
    )
    .option(
      "--measure",
      "measure the time from saving the form to the claim, print it and end",
      false,
    )
    .option("--runs <number>", "how often to measure", numberBetween(1, 1_000), 15)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}
