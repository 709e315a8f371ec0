/** The reasons for a KindeError. Callers branch on the code; people read the message. */
export type KindeErrorCode =
  | "NO_PROJECT"
  | "NO_WORKFLOWS"
  | "UNREADABLE"
  | "UNKNOWN_WORKFLOW"
  | "AMBIGUOUS_WORKFLOW"
  | "UNKNOWN_TRIGGER"
  | "BAD_OPTION"
  | "BAD_INPUT"
  /** A workflow sent a request for which there is no answer, while the network is off. */
  | "NO_ANSWER"
  /** A workflow sent a request that the recording does not have. */
  | "NOT_RECORDED"
  | "CLOSED"
  | "PROCESS_LOST";

/**
 * A mistake of the caller, or the loss of a process of kinde-local. The message says what was being
 * done, to what, what happened, and what to do. An error of a *workflow* is never thrown: it is in
 * the run's `error`.
 */
export class KindeError extends Error {
  readonly code: KindeErrorCode;

  constructor(code: KindeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "KindeError";
    this.code = code;
  }
}
