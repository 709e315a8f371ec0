import type { KindeClient } from "./kindeClient.ts";
import { isRefusal } from "./signInFailure.ts";
import { type HoldsTokens, type KindeTokens, keepTokens } from "./tokens.ts";

/** Kinde refused the refresh token, or the session has none: the sign-in is over. */
export class RefreshRefused extends Error {
  override name = "RefreshRefused";
}

/** Fetches new tokens for a session and puts them into it. */
export type RefreshTokens = (session: HoldsTokens) => Promise<void>;

/**
 * How long a result is kept. Requests that loaded their session before the refresh was saved still
 * hold the used refresh token.
 */
const RESULT_KEPT_MS = 60_000;

/**
 * Makes the function that refreshes a session's tokens.
 *
 * Kinde accepts each refresh token once, and ends the sign-in if it receives the token again. So
 * the app makes one request with each refresh token, and keeps the result in this process for a
 * minute, for requests that still hold the used token.
 *
 * The function throws RefreshRefused if Kinde refuses the refresh token or the session has none. It
 * throws another error if Kinde cannot be reached, or refuses the app's client secret. The session
 * keeps its tokens in all these cases.
 */
export function createTokenRefresher(
  { refresh }: Pick<KindeClient, "refresh">,
  keptMs: number = RESULT_KEPT_MS,
): RefreshTokens {
  const results = new Map<string, Promise<KindeTokens>>();

  function refreshOnce(refreshToken: string, tokens: KindeTokens): Promise<KindeTokens> {
    const known = results.get(refreshToken);
    if (known) return known;
    const forget = () => void results.delete(refreshToken);
    const result = refresh(tokens);
    results.set(refreshToken, result);
    // A failed refresh may be tried again at once.
    result.then(() => setTimeout(forget, keptMs).unref(), forget);
    return result;
  }

  return async (session) => {
    const tokens = session.kinde?.tokens;
    if (!tokens?.refreshToken) throw new RefreshRefused("The session holds no refresh token");
    try {
      keepTokens(session, await refreshOnce(tokens.refreshToken, tokens));
    } catch (error) {
      // A wrong client secret is the app's fault and says nothing about the user.
      if (!isRefusal(error) || error.error === "invalid_client") throw error;
      throw new RefreshRefused(`Kinde refused the refresh (${error.error})`, { cause: error });
    }
  };
}
