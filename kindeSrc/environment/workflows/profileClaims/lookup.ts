import type { ClaimTable, ClaimValues } from "./claimTable.ts";

/**
 * Why a lookup failed. The codes are stable, so you can search for them in Kinde's runtime log, and
 * set alerts on them.
 */
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

/** A failure: a code for programs, and a hint for people. */
export type Failure = {
  readonly outcome: "failed";
  readonly code: FailureCode;
  /**
   * What to do, for the log. It contains no key and no user id. Of Supabase's answer it contains
   * only an error code.
   */
  readonly hint: string;
};

/**
 * The result of a lookup: the claims of the row, no row, or a failure. A failure is a value, not an
 * exception.
 */
export type Lookup<Table extends ClaimTable> =
  | { readonly outcome: "found"; readonly claims: ClaimValues<Table> }
  | { readonly outcome: "missing" }
  | Failure;

export function failed(code: FailureCode, hint: string): Failure {
  return { outcome: "failed", code, hint };
}
