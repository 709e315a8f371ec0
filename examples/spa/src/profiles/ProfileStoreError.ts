/**
 * Why Supabase failed, or refused a request.
 * - `NOT_ACCEPTED`: Supabase does not accept Kinde's access tokens, so the set-up is not complete.
 * - `FAILED`: any other reason.
 */
export type ProfileStoreErrorCode = "NOT_ACCEPTED" | "FAILED";

/** Supabase failed, or refused a request. The message is for the console, not for the user. */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
  readonly code: ProfileStoreErrorCode;

  /** @param doing what the app was doing, such as "reading the profile" */
  constructor(
    doing: string,
    answer: { readonly status: number; readonly error: { readonly code?: string } | null },
  ) {
    const reason = answer.error?.code || (answer.status > 0 ? answer.status : "no answer");
    super(`${doing} failed (${reason})`);
    this.code = answer.status === 401 ? "NOT_ACCEPTED" : "FAILED";
  }
}
