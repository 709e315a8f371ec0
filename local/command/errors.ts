import { constants } from "node:os";
import { EXIT } from "./exitCodes.ts";

/**
 * A failure that a person can understand from its message, and act on. A command prints the message
 * without a stack trace and ends with the exit code.
 */
export abstract class CommandError extends Error {
  abstract readonly exitCode: number;
}

/** The user typed or set something that cannot be used. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  readonly exitCode = EXIT.usage;
}

/** The user pressed Ctrl-C or asked the command to end. The command prints nothing about it. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** What a shell reports for a process that the signal ended: 128 plus the signal's number. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}
