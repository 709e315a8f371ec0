import { getClaims, getRawToken } from "@kinde-oss/kinde-auth-react/utils";
import type { FreshnessSteps } from "kinde-claims";
import { type ProfileClaims, profileClaims } from "../claims/profileClaims.ts";
import { refreshTokens } from "../session/tokens.ts";
import type { Settings } from "../settings/readSettings.ts";
import { revokeToken } from "./revokeToken.ts";

/** The steps of `bringFreshClaims` for the session of Kinde's SDK. */
export function sessionSteps(kinde: Settings["kinde"]) {
  return {
    async readToken() {
      const payload = Object(await getClaims()) as Record<string, unknown>;
      return { claims: profileClaims.read(payload), payload };
    },
    refreshTokens: () => refreshTokens(kinde),
    async revokeToken(signal) {
      const accessToken = await getRawToken("accessToken");
      if (accessToken) await revokeToken(accessToken, kinde, signal);
    },
  } satisfies FreshnessSteps<ProfileClaims>;
}
