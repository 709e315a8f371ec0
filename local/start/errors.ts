import { constants } from "node:os";

/** Something the user typed or set that cannot be worked with. The message is all they see. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The user's Ctrl-C, or a request to end. There is nothing to say about it. */
export class Interrupted extends Error {
  override name = "Interrupted";
  /** What a shell reports for a process that the signal ended: 128 and the signal's number. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}
