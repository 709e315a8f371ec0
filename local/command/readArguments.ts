import { Command, CommanderError, InvalidArgumentError } from "commander";
import { UsageError } from "./errors.ts";

/**
 * Creates a commander program for a command that npm runs. In the help, its name is what the user
 * types. A wrong command line throws an error and does not end the process.
 */
export function commandOf(npmCommand: string): Command {
  return new Command(`${npmCommand} --`)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
}

/**
 * Reads the options of the command line. `--help` prints the help and ends the process.
 *
 * @param argv what follows the program's name
 * @throws UsageError on one line
 */
export function readArguments<Options extends object>(
  command: Command,
  argv: readonly string[],
): Options {
  // Up to Node 22, node itself reads an --env-file after the script's name, unless a "--" comes
  // first. Our npm scripts have a "--" only for that reason.
  const [first, ...others] = argv;
  try {
    return command.parse(first === "--" ? others : [...argv], { from: "user" }).opts<Options>();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exit(0);
    const problem = error instanceof Error ? error.message : String(error);
    const sentence = problem
      .replace(/^error: /, "")
      .replace(/\s*\n\s*/g, " ")
      .replace(/\.$/, "");
    throw new UsageError(`${sentence}. See ${command.name()} --help.`);
  }
}

/** Reads a whole number; for commander's `option`. */
export function numberBetween(
  least: number,
  most: number,
  problem = `A whole number from ${least} to ${most} is needed.`,
): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      throw new InvalidArgumentError(problem);
    }
    return number;
  };
}

/** Reads the number of a port that a server can listen on. */
export const portNumber = numberBetween(1, 65_535, "A port is a number from 1 to 65535.");
