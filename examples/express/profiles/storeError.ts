/** The database failed, or refused a request. The message is for the log, not for the user. */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
}

/** Supabase does not accept the access tokens of this Kinde: the set-up is not complete. */
export class TokenNotAcceptedError extends ProfileStoreError {
  override name = "TokenNotAcceptedError";
}

/** The instructions in the log, for the person who sets up the app. */
const WHAT_TO_DO =
  "Supabase does not accept the user's access token. Set SUPABASE_ROLE_CLAIM=authenticated in Kinde, " +
  "add the Kinde domain as third-party auth in Supabase, and sign in again: " +
  "docs/supabase-third-party-auth.md";

interface Refusal {
  readonly status: number;
  readonly error: { readonly code?: string } | null;
}

/**
 * Describes an answer of Supabase that is not a success.
 *
 * @param doing what the app was doing, such as "reading the profile"
 * @param token when the user's token expires, if the request was made with one
 */
export function storeErrorOf(
  doing: string,
  { status, error }: Refusal,
  token?: { readonly expiresAt: number },
): ProfileStoreError {
  // Only the code, because messages and details can hold what the user typed.
  const failed = `${doing} failed (${error?.code || (status > 0 ? status : "no answer")})`;
  // A token that expired on the way says nothing about the set-up: the next request has a new one.
  const isSetUp = status === 401 && token !== undefined && token.expiresAt > Date.now();
  if (!isSetUp) return new ProfileStoreError(failed);
  return new TokenNotAcceptedError(`${failed}. ${WHAT_TO_DO}`);
}
