import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** Why a request to Kinde failed. Stable: callers branch on the code. */
export type RequestErrorCode =
  | "INVALID_USER_ID"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "RATE_LIMITED"
  | "REFUSED"
  | "UNAVAILABLE"
  | "UNREACHABLE"
  | "TIMED_OUT"
  | "ABORTED";

const WHAT_TO_DO: Record<RequestErrorCode, string> = {
  INVALID_USER_ID: "Pass the id of a Kinde user, kp_….",
  UNAUTHORIZED: "Check the client id, the client secret and the audience.",
  FORBIDDEN: "Give the machine application the scope that the request needs.",
  NOT_FOUND: "Kinde does not know what the request names.",
  RATE_LIMITED: "Wait for retryAfter seconds before the next request.",
  REFUSED: "Check the client and the request.",
  UNAVAILABLE: "Try again later.",
  UNREACHABLE: "Check the Kinde domain and the network.",
  TIMED_OUT: "Try again later.",
  ABORTED: "The caller ended the request.",
};

/** What is known about a request that failed. */
export interface RequestFailure {
  readonly code: RequestErrorCode;
  /** Method and address, without the id of a user: `POST https://example.kinde.com/oauth2/token`. */
  readonly request: string;
  /** What happened: `401 (invalid_client)`, `no answer within 5000 ms`. */
  readonly problem: string;
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** A request to Kinde failed. The message holds no token, no secret and no user id. */
export class RequestError extends KindeClaimsError {
  override name = "RequestError";
  readonly code: RequestErrorCode;
  /** The HTTP status, if Kinde answered. */
  readonly status: number | undefined;
  /** Seconds to wait before the next request, if Kinde named them with a 429. */
  readonly retryAfter: number | undefined;

  constructor({ code, request, problem, status, retryAfter, cause }: RequestFailure) {
    super(`${request}: ${problem}. ${WHAT_TO_DO[code]}`, { cause });
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
