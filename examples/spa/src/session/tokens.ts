import {
  getClaims,
  getRawToken,
  getUserProfile,
  isTokenExpired,
  refreshToken,
} from "@kinde-oss/kinde-auth-react/utils";
import type { Settings } from "../settings/readSettings.ts";

/** The access token that the SDK holds, decoded, and the name in the ID token. */
export interface Tokens {
  readonly accessToken: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly name: string;
}

export async function readTokens(): Promise<Tokens | undefined> {
  const accessToken = await getRawToken("accessToken");
  const payload = await getClaims();
  const profile = await getUserProfile();
  if (!accessToken || !payload) return undefined;
  const name = [profile?.givenName, profile?.familyName].filter(Boolean).join(" ");
  return { accessToken, payload: { ...payload }, name: name || profile?.email || "you" };
}

/**
 * Fetches new tokens. A refresh token works once, and two tabs that send the same one would end the
 * sign-in. So a lock lets only one tab refresh at a time.
 */
export async function refreshTokens({ domain, clientId }: Settings["kinde"]): Promise<void> {
  await navigator.locks.request("kinde_refresh", async () => {
    const { success, error } = await refreshToken({ domain, clientId });
    if (!success) throw new Error(error ?? "Kinde did not refresh the tokens");
  });
}

/**
 * A token that expires within this time is renewed before it is used, because the SDK cannot renew
 * it while the computer sleeps.
 */
const EXPIRES_SOON_S = 10;

/** The access token for a request. If it has expired or expires soon, a new one is fetched. */
export async function validAccessToken(kinde: Settings["kinde"]): Promise<string> {
  if (await isTokenExpired({ threshold: EXPIRES_SOON_S })) await refreshTokens(kinde);
  const accessToken = await getRawToken("accessToken");
  if (!accessToken) throw new Error("There is no access token: the user is not signed in");
  return accessToken;
}
