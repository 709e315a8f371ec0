/**
 * The database failed, or refused a request. "TOKEN_NOT_ACCEPTED": Supabase does not accept Kinde's
 * access tokens, so the set-up is not complete. The message is for the log, not for the user.
 */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
  readonly code: "UNAVAILABLE" | "TOKEN_NOT_ACCEPTED";

  /** @param doing what the app was doing, such as "reading the profile" */
  constructor(
    doing: string,
    { status, error }: { readonly status: number; readonly error: { readonly code?: string } | null },
  ) {
    // The message has only the code, because messages and details can hold what the user typed.
    super(`${doing} failed (${error?.code || (status > 0 ? status : "no answer")})`);
    this.code = status === 401 ? "TOKEN_NOT_ACCEPTED" : "UNAVAILABLE";
  }
}
