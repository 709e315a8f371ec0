import type { ClaimTable, ClaimValues } from "./claimTable.ts";

/** Why a lookup failed. Stable: search for these in Kinde's runtime log, alert on them. */
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

/** A lookup that failed: a code to branch on, and what to do about it in one sentence. */
export type Failure = {
  readonly outcome: "failed";
  readonly code: FailureCode;
  /** For the log. Never holds a key, a user id or anything of the answer but an error code. */
  readonly hint: string;
};

/** What became of looking a user up: the row's claims, no row, or a failure. A value, not an exception. */
export type Lookup<Table extends ClaimTable> =
  | { readonly outcome: "found"; readonly claims: ClaimValues<Table> }
  | { readonly outcome: "missing" }
  | Failure;

export function failed(code: FailureCode, hint: string): Failure {
  return { outcome: "failed", code, hint };
}
