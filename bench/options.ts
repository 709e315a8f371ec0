import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { commandOf, numberBetween, readArguments } from "../local/command/readArguments.ts";

export interface BenchOptions {
  large: boolean;
  /** The numbers of rows to measure with, in ascending order, instead of the default. */
  rows?: number[];
  json: boolean;
  samples: number;
  seconds: number;
  concurrent: number;
  signIns: boolean;
  /** Measures only the queue of claim changes. */
  claimChanges: boolean;
  chart?: string;
}

const HELP = `
Everything runs on this machine, on 127.0.0.1, in a temporary folder that is deleted at the end.
It takes about two minutes and 1 GB of disk, with --large about five minutes and 8 GB.

The report ends with the bench's promises, and says which of them this run kept. A busy machine may miss some.

Exit codes: 0 done, 1 a measured workflow or request failed, 2 bad usage, 3 a local server did not start.`;

/**
 * Reads the command line of `npm run bench`. `--help` prints and ends the process.
 *
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): BenchOptions {
  const command = commandOf("npm run bench")
    .description("Measure the workflow and its lookup, and compare them with the tutorial's.")
    .option("--large", "measure also with 10,000,000 rows", false)
    .addOption(
      new Option("--rows <numbers>", "measure with these numbers of rows, such as 1000,50000")
        .argParser(growing)
        .conflicts("large"),
    )
    .option("--samples <number>", "how often each workflow runs at most", positive, 400)
    .option("--seconds <number>", "how long to sign users in", seconds, 10)
    .option("--concurrent <number>", "how many users sign in at once", positive, 50)
    .option("--no-sign-ins", "do not measure sign-ins")
    .option("--claim-changes", "measure the queue of claim changes instead of the lookup", false)
    .option("--chart <file>", "write an SVG chart of the times by number of rows", writable)
    .option("--json", "print one JSON document on stdout, and nothing else there", false)
    .addHelpText("after", HELP);
  return readArguments(command, argv);
}

function growing(text: string): number[] {
  const numbers = text.split(",").map(Number);
  const grows = numbers.every((n, i) => Number.isInteger(n) && n > (numbers[i - 1] ?? 99));
  if (grows && Number(numbers.at(-1)) <= 100_000_000) return numbers;
  throw new InvalidArgumentError(
    "Write whole numbers from 100 to 100000000, in ascending order, separated by commas",
  );
}

function seconds(text: string): number {
  if (Number(text) > 0 && Number(text) <= 600) return Number(text);
  throw new InvalidArgumentError("Write a number of seconds above 0, up to 600");
}

const positive = numberBetween(1, 1000);

/** Checks the file first, because measuring takes minutes. */
function writable(file: string): string {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error("a folder");
    accessSync(dirname(resolve(file)), constants.W_OK);
    return file;
  } catch {
    throw new InvalidArgumentError("No file can be written there");
  }
}
