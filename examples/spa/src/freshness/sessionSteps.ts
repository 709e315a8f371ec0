import type { FreshnessSteps } from "kinde-claims";
import { type ProfileClaims, profileClaims } from "../claims/profileClaims.ts";
import type { KindeSdk } from "../session/readTokens.ts";
import type { Settings } from "../settings/readSettings.ts";
import { revokeToken } from "./revokeToken.ts";

/** The steps of `bringFreshClaims` for the session of Kinde's SDK. */
export function sessionSteps(kinde: KindeSdk, settings: Settings["kinde"]) {
  const { domain, clientId } = settings;
  return {
    async readToken() {
      const payload = Object(await kinde.getClaims()) as Record<string, unknown>;
      return { claims: profileClaims.read(payload), payload };
    },

    // A refresh token works once. Two tabs that use the same one would end the sign-in.
    refreshTokens: () =>
      navigator.locks.request("kinde_refresh", async () => {
        const { success, error } = await kinde.refreshToken({ domain, clientId });
        if (!success) throw new Error(error ?? "Kinde did not refresh the tokens");
      }),

    async revokeToken(signal) {
      const accessToken = await kinde.getAccessToken();
      if (accessToken) await revokeToken(accessToken, settings, signal);
    },
  } satisfies FreshnessSteps<ProfileClaims>;
}
