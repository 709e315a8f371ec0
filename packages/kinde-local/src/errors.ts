/** What can go wrong before a workflow runs. Callers branch on the code, people read the message. */
export type KindeErrorCode =
  | "NO_PROJECT"
  | "NO_WORKFLOWS"
  | "UNREADABLE"
  | "UNKNOWN_WORKFLOW"
  | "AMBIGUOUS_WORKFLOW"
  | "UNKNOWN_TRIGGER"
  | "BAD_OPTION"
  | "BAD_INPUT"
  /** A workflow asked for what nothing answers, while the network is off. */
  | "NO_ANSWER"
  /** A workflow asked for what the recording does not hold. */
  | "NOT_RECORDED"
  | "CLOSED"
  | "PROCESS_LOST";

/**
 * A problem of the caller's, told in a sentence: what was being done, to what, what happened, what
 * to do. What a *workflow* does wrong is never thrown: it is in the run's `error`.
 */
export class KindeError extends Error {
  readonly code: KindeErrorCode;

  constructor(code: KindeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "KindeError";
    this.code = code;
  }
}
