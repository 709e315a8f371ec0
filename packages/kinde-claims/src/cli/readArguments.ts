import { parseArgs } from "node:util";
import { UsageError } from "./UsageError.ts";

export interface RelayArguments {
  readonly once: boolean;
  readonly json: boolean;
  readonly envFile: string | undefined;
}

/**
 * Reads the command line.
 *
 * @returns "help" if the user asked for the help
 * @throws {UsageError} if the command line cannot be understood
 */
export function readArguments(argv: readonly string[]): RelayArguments | "help" {
  const { values, positionals } = parse(argv);
  if (values.help || positionals[0] === "help") return "help";
  const [command, ...others] = positionals;
  if (command === undefined) throw new UsageError(`A command is missing. ${SEE_HELP}`);
  if (command !== "relay") throw new UsageError(`There is no command "${command}". ${SEE_HELP}`);
  if (others.length > 0) throw new UsageError(`relay accepts only options. ${SEE_HELP}`);
  return { once: values.once, json: values.json, envFile: values["env-file"] };
}

const SEE_HELP = "See kinde-claims --help.";

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        once: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        "env-file": { type: "string" },
      },
    });
  } catch (error) {
    // Node's first sentence names the option. In some messages advice about "--" follows.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(`${sentence?.replace(/\.?$/, ".")} ${SEE_HELP}`);
  }
}
