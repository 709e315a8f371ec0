/**
 * The database failed or refused. "TOKEN_NOT_ACCEPTED": Supabase refuses the access tokens of
 * this Kinde, so the set-up is not complete. The message is for the log, not for the user.
 */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
  readonly code: "UNAVAILABLE" | "TOKEN_NOT_ACCEPTED";

  /** @param doing what was asked, for example "reading the profile" */
  constructor(
    doing: string,
    { status, error }: { readonly status: number; readonly error: { readonly code?: string } | null },
  ) {
    // Only the code, because messages and details can hold what the user typed.
    super(`${doing} failed (${error?.code || (status > 0 ? status : "no answer")})`);
    this.code = status === 401 ? "TOKEN_NOT_ACCEPTED" : "UNAVAILABLE";
  }
}
