import type { ClaimTable, ClaimValues } from "./claimTable.ts";

/** Why a lookup failed. The codes are stable: search for them in Kinde's runtime log, and alert on them. */
export type FailureCode =
  | "NOT_CONFIGURED"
  | "INVALID_USER_ID"
  | "UNREACHABLE"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "SCHEMA_MISMATCH"
  | "TIMEOUT"
  | "UNAVAILABLE"
  | "DUPLICATE_PROFILE"
  | "MALFORMED_RESPONSE";

/** A lookup that failed: a code for programs, and what to do about it in one sentence. */
export type Failure = {
  readonly outcome: "failed";
  readonly code: FailureCode;
  /** For the log. It holds no key and no user id, and of the answer only an error code. */
  readonly hint: string;
};

/** The result of a lookup: the claims of the row, no row, or a failure. A failure is a value, not an exception. */
export type Lookup<Table extends ClaimTable> =
  | { readonly outcome: "found"; readonly claims: ClaimValues<Table> }
  | { readonly outcome: "missing" }
  | Failure;

export function failed(code: FailureCode, hint: string): Failure {
  return { outcome: "failed", code, hint };
}
