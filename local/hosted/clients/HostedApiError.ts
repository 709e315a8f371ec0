import { CommandError } from "../../command/errors.ts";
import { EXIT } from "../../command/exitCodes.ts";

/** Why a request to a management API failed. Callers branch on these, never on the text. */
export type HostedApiCode =
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "REFUSED"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "UNREACHABLE"
  | "TIMEOUT"
  | "UNEXPECTED_ANSWER";

/** A management API failed or refused a request. The message names the request, never a token. */
export class HostedApiError extends CommandError {
  override readonly name = "HostedApiError";
  readonly exitCode = EXIT.failed;

  readonly code: HostedApiCode;
  readonly vendor: "Supabase" | "Kinde";
  /** Method and path, such as `GET /v1/projects/abc/secrets`. */
  readonly request: string;
  /** The status of the answer; undefined if there was no answer. */
  readonly status: number | undefined;
  /** The request and what happened, without the fix. */
  readonly problem: string;
  /** What to do next, in one sentence. */
  readonly cure: string;

  /** @param happened what happened, such as `it answered 404`, without a dot at the end */
  constructor(
    about: Pick<HostedApiError, "code" | "vendor" | "request" | "status" | "cure">,
    happened: string,
  ) {
    const { code, vendor, request, status, cure } = about;
    const problem = `The request "${request}" to ${vendor} failed: ${happened}`;
    super(`${problem}. ${cure}`);
    this.problem = problem;
    this.code = code;
    this.vendor = vendor;
    this.request = request;
    this.status = status;
    this.cure = cure;
  }
}

/** The code for the status of an answer. */
export function codeOf(status: number): HostedApiCode {
  if (status === 401) return "UNAUTHORIZED";
  if (status === 403) return "FORBIDDEN";
  if (status === 404) return "NOT_FOUND";
  if (status === 409) return "CONFLICT";
  if (status === 429) return "RATE_LIMITED";
  return status >= 500 ? "UNAVAILABLE" : "REFUSED";
}
