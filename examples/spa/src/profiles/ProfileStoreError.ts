/**
 * Supabase failed or refused.
 * - `NOT_ACCEPTED`: it does not accept the access tokens of this Kinde; the set-up is not complete.
 * - `FAILED`: anything else.
 */
export type ProfileStoreErrorCode = "NOT_ACCEPTED" | "FAILED";

/** Supabase failed or refused. The message is for the console, not for the user. */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
  readonly code: ProfileStoreErrorCode;

  /** @param doing what was asked: "reading the profile" */
  constructor(
    doing: string,
    answer: { readonly status: number; readonly error: { readonly code?: string } | null },
  ) {
    const reason = answer.error?.code || (answer.status > 0 ? answer.status : "no answer");
    super(`${doing} failed (${reason})`);
    this.code = answer.status === 401 ? "NOT_ACCEPTED" : "FAILED";
  }
}
