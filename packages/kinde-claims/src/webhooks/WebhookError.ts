import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** Why a webhook was not answered with 200. Stable: callers branch on the code. */
export type WebhookErrorCode =
  | "WRONG_METHOD"
  | "WRONG_CONTENT_TYPE"
  | "BODY_UNREADABLE"
  | "BODY_TOO_LARGE"
  | "BAD_SIGNATURE"
  | "WRONG_ISSUER"
  | "NOT_AN_EVENT"
  | "TOO_OLD"
  | "KEY_SET_UNAVAILABLE"
  | "BUSY"
  | "FAILED";

const ANSWERS: Record<WebhookErrorCode, readonly [status: number, message: string]> = {
  WRONG_METHOD: [405, "A webhook is a POST request"],
  WRONG_CONTENT_TYPE: [415, "The content type of a webhook is application/jwt"],
  BODY_UNREADABLE: [400, "The body cannot be read"],
  BODY_TOO_LARGE: [413, "The body is larger than 64 kB"],
  BAD_SIGNATURE: [401, "The body is not a JWT that this Kinde signed"],
  WRONG_ISSUER: [401, "The event is from another issuer"],
  NOT_AN_EVENT: [400, "The body is not an event"],
  TOO_OLD: [400, "The event is older than Kinde's last retry"],
  // Kinde sends the event again after these answers.
  KEY_SET_UNAVAILABLE: [503, "Kinde's keys are not available now"],
  BUSY: [503, "The event is being handled"],
  FAILED: [503, "The event could not be handled"],
};

/** A webhook was refused, or could not be handled. Its message holds no part of the event. */
export class WebhookError extends KindeClaimsError {
  override name = "WebhookError";
  readonly code: WebhookErrorCode;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The problem in a few words, for the sender. */
  readonly title: string;

  /** @param detail more about the problem, for the sender and the log; nothing secret */
  constructor(code: WebhookErrorCode, detail?: string, options?: ErrorOptions) {
    const [status, title] = ANSWERS[code];
    super(detail === undefined ? title : `${title}: ${detail}`, options);
    this.code = code;
    this.status = status;
    this.title = title;
  }
}
