import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** Why a request to Kinde or Supabase failed. Stable: callers branch on the code. */
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
  NOT_FOUND: "Kinde does not know the user or the path of the request.",
  RATE_LIMITED: "Wait before the next request: for retryAfter seconds, if that is known.",
  REFUSED: "Check the client and the request.",
  UNAVAILABLE: "Try again later.",
  UNREACHABLE: "Check the Kinde domain and the network.",
  TIMED_OUT: "Try again later.",
  ABORTED: "The caller ended the request.",
};

/** What is known about a request that failed. */
export interface RequestFailure {
  readonly code: RequestErrorCode;
  /**
   * Method and address, without the id of a user: `POST https://example.kinde.com/oauth2/token`.
   */
  readonly request: string;
  /** What happened: `401 (invalid_client)`, `no answer within 5000 ms`. */
  readonly problem: string;
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  /** What a person can do about it, if the service is not Kinde. */
  readonly whatToDo?: string | undefined;
  readonly cause?: unknown;
}

/** A request to Kinde or Supabase failed. The message holds no token, no secret and no user id. */
export class RequestError extends KindeClaimsError {
  override name = "RequestError";
  readonly code: RequestErrorCode;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** Seconds to wait before the next request, if the answer was a 429 that named them. */
  readonly retryAfter: number | undefined;

  constructor({ code, request, problem, status, retryAfter, whatToDo, cause }: RequestFailure) {
    super(`${request}: ${problem}. ${whatToDo ?? WHAT_TO_DO[code]}`, { cause });
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
