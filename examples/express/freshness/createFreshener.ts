import {
  bringFreshClaims,
  createManagementClient,
  type FreshnessOutcome,
  revokeToken,
  type Verifier,
} from "kinde-claims";
import type { AppConfig } from "../config.ts";
import type { RefreshTokens } from "../kinde/refreshTokens.ts";
import { accessTokenOf, type HoldsTokens } from "../kinde/tokens.ts";
import type { ProfileClaims } from "../profileClaims.ts";

export interface Freshener {
  /**
   * Brings the expected claims, as the database has them, into the session's token. See
   * `bringFreshClaims`.
   *
   * @param options.requireNewToken fetches a new token even if the token has the claims already
   */
  freshen(
    session: HoldsTokens,
    userId: string,
    expected: ProfileClaims,
    options?: { readonly requireNewToken?: boolean },
  ): Promise<FreshnessOutcome>;
  /**
   * Tells Kinde that a user's claims changed. The user may have no session in this app. Without a
   * machine application, the method does nothing.
   */
  notifyKinde(userId: string): Promise<void>;
}

/**
 * How long a request for `refresh_claims`, for its machine token or for a revocation may take. Two
 * such requests fit into the limit of `bringFreshClaims`. `createKindeClient` limits a refresh.
 */
const TIMEOUT_MS = 3_000;

/** Creates the freshener: the steps of `bringFreshClaims` for Kinde and a session of this app. */
export function createFreshener(parts: {
  kinde: AppConfig["kinde"];
  refresh: RefreshTokens;
  verifier: Verifier<ProfileClaims>;
  log: (line: string) => void;
}): Freshener {
  const { kinde, refresh, verifier, log } = parts;
  const { domain, clientId, clientSecret } = kinde;
  const management =
    kinde.machine && createManagementClient({ domain, timeoutMs: TIMEOUT_MS, ...kinde.machine });

  return {
    notifyKinde: async (userId) => management?.refreshClaims(userId),

    async freshen(session, userId, expected, options) {
      const token = () => {
        const value = accessTokenOf(session);
        if (value === undefined) throw new Error("the session holds no access token");
        return value;
      };
      const outcome = await bringFreshClaims(
        expected,
        {
          readToken: () => verifier.verify(token()),
          refreshClaims: management && ((signal) => management.refreshClaims(userId, { signal })),
          refreshTokens: () => refresh(session),
          revokeToken: (signal) =>
            revokeToken(token(), { domain, clientId, clientSecret, timeoutMs: TIMEOUT_MS, signal }),
        },
        options,
      );
      const { arrived, rung, ms, problems } = outcome;
      const told = problems.map(({ step, message }) => `${step}: ${message}`).join("; ");
      const why = told === "" ? "" : ` problems=${JSON.stringify(told)}`;
      log(`fresh_claims arrived=${arrived} rung=${rung} ms=${ms}${why}`);
      return outcome;
    },
  };
}
