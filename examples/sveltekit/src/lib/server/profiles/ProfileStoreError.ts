/** Supabase failed, or refused a request. The message is for the log, not for the user. */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
}

/** Supabase does not accept Kinde's access tokens, so the set-up is not complete. */
export class TokenNotAcceptedError extends ProfileStoreError {
  override name = "TokenNotAcceptedError";
}

/** Makes the error for an answer of Supabase that is not a success. */
export function storeErrorOf(
  doing: string,
  { status, error }: { readonly status: number; readonly error: { readonly code?: string } | null },
): ProfileStoreError {
  // The message has only the code, because messages and details can hold what the user typed.
  const failed = `${doing} failed (${error?.code || (status > 0 ? status : "no answer")})`;
  if (status !== 401) return new ProfileStoreError(failed);
  return new TokenNotAcceptedError(
    `${failed}. Supabase does not accept the user's access token. Set SUPABASE_ROLE_CLAIM=authenticated in Kinde, add the Kinde domain as third-party auth in Supabase, and sign in again.`,
  );
}
