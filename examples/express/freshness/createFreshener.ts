import type { AppConfig } from "../config.ts";
import type { RefreshTokens } from "../kinde/refreshTokens.ts";
import { accessTokenOf } from "../kinde/tokens.ts";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";
import type { VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import type { Session } from "../web/sessions.ts";
import { bringFreshClaims, type FreshnessOutcome } from "./bringFreshClaims.ts";
import { refreshClaims, revokeAccessToken } from "./kindeRequests.ts";
import { createMachineToken } from "./machineToken.ts";

export interface Freshener {
  /**
   * Brings what the database says into the session's token. See `bringFreshClaims`.
   *
   * @param options.anew fetches a new token even if the claims agree already
   */
  freshen(
    session: Session,
    userId: string,
    expected: ProfileClaims,
    options?: { anew?: boolean },
  ): Promise<FreshnessOutcome>;
  /** Tells Kinde only: for a change to somebody who is not here. False without a machine client. */
  announce(userId: string): Promise<boolean>;
}

/** Binds the steps of the ladder to Kinde and to a session. */
export function createFreshener(parts: {
  config: AppConfig;
  refresh: RefreshTokens;
  verify: VerifyAccessToken;
  log: (line: string) => void;
}): Freshener {
  const { config, refresh, verify, log } = parts;
  const { kinde } = config;
  const machineToken =
    kinde.machine && createMachineToken({ domain: kinde.domain, ...kinde.machine });

  async function announce(userId: string): Promise<boolean> {
    if (!machineToken) return false;
    await refreshClaims(kinde.domain, await machineToken(), userId);
    return true;
  }
  return {
    announce,
    async freshen(session, userId, expected, { anew = false } = {}) {
      const token = () => {
        const value = accessTokenOf(session);
        if (value === undefined) throw new Error("the session holds no access token");
        return value;
      };
      const before = accessTokenOf(session);
      const outcome = await bringFreshClaims(expected, {
        isNewToken: anew ? () => accessTokenOf(session) !== before : undefined,
        readClaims: async () => readProfileClaims((await verify(token())).claims),
        refreshClaims: machineToken && (async () => void (await announce(userId))),
        refreshTokens: () => refresh(session),
        revokeToken: () => revokeAccessToken(kinde, token()),
      });
      const { arrived, step, ms, problems } = outcome;
      const why = problems.length > 0 ? ` problems=${JSON.stringify(problems.join("; "))}` : "";
      log(`fresh_claims arrived=${arrived} step=${step} ms=${ms}${why}`);
      return outcome;
    },
  };
}
