import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import { KindeAwayError, withinTime } from "./KindeAwayError.ts";
import { observeRefusal } from "./observeRefusal.ts";
import { loadSdk } from "./sdk.ts";

/** Kinde answered that it does not issue new tokens, or there is no refresh token. */
export class RefreshRefusedError extends Error {
  override name = "RefreshRefusedError";
}

interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

const LIMIT_MS = 5_000;
/** How long a result is kept, for requests that the browser sent with the old cookies. */
const KEEP_MS = 10_000;

/**
 * The refreshes that are under way or ended a moment ago, by their refresh tokens. Kinde accepts a
 * refresh token once, and two tabs that send the same one would end the sign-in. So they share one
 * refresh.
 */
const refreshes = new Map<string, Promise<Tokens>>();

/**
 * Fetches new tokens and stores them in the session. If the refresh fails, the session keeps its
 * tokens.
 *
 * @throws RefreshRefusedError if Kinde refused, KindeAwayError if Kinde did not answer
 */
export async function refreshTokens(session: SessionManager): Promise<void> {
  const refreshToken = await session.getSessionItem("refresh_token");
  if (typeof refreshToken !== "string" || refreshToken === "") {
    throw new RefreshRefusedError("there is no refresh token");
  }
  let refresh = refreshes.get(refreshToken);
  if (!refresh) {
    refresh = requestTokens(session);
    refreshes.set(refreshToken, refresh);
    const forget = () => refreshes.delete(refreshToken);
    refresh.then(() => setTimeout(forget, KEEP_MS).unref(), forget);
  }
  for (const [name, token] of Object.entries(await refresh)) {
    await session.setSessionItem(name, token);
  }
}

async function requestTokens(session: SessionManager): Promise<Tokens> {
  const { kindeAuthClient } = await loadSdk();
  const { session: kept, isRefused } = observeRefusal(session);
  const doing = "refreshing the tokens";
  try {
    const request = kindeAuthClient.refreshTokens(kept, false);
    const { access_token, id_token, refresh_token } = await withinTime(doing, LIMIT_MS, request);
    if (typeof access_token !== "string") throw new KindeAwayError(doing);
    return { access_token, ...(id_token && { id_token }), ...(refresh_token && { refresh_token }) };
  } catch (error) {
    if (isRefused()) throw new RefreshRefusedError("Kinde refused to refresh the tokens");
    throw error instanceof KindeAwayError ? error : new KindeAwayError(doing, { cause: error });
  }
}
