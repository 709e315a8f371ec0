import { getKindeServerSession } from "@kinde-oss/kinde-auth-nextjs/server";
import {
  bringFreshClaims,
  type FreshnessOptions,
  type FreshnessOutcome,
  revokeToken,
} from "kinde-claims";
import type { User } from "@/lib/auth/visitor";
import type { ProfileClaims } from "@/lib/claims/profileClaims";
import { management, TIMEOUT_MS } from "@/lib/kinde/management";
import { verifier } from "@/lib/kinde/verifier";
import { settings } from "@/lib/settings";

/**
 * Brings the claims that the row grants into the tokens of this browser, without a redirect. Call
 * it in a server action or a route handler, because a page cannot set cookies while it renders.
 */
export async function freshen(
  user: User,
  expected: ProfileClaims,
  options?: FreshnessOptions,
): Promise<FreshnessOutcome> {
  const { KINDE_ISSUER_URL, KINDE_CLIENT_ID, KINDE_CLIENT_SECRET } = settings();
  const machine = management();
  let { accessToken } = user;
  const outcome = await bringFreshClaims(
    expected,
    {
      readToken: () => verifier().verify(accessToken),
      refreshClaims: machine && ((signal) => machine.refreshClaims(user.userId, { signal })),
      async refreshTokens() {
        // The SDK's type does not say so, but this is null if Kinde refuses or does not answer.
        const tokens: { access_token: string } | null =
          await getKindeServerSession().refreshTokens();
        if (!tokens) throw new Error("Kinde did not refresh the tokens");
        accessToken = tokens.access_token;
      },
      revokeToken: (signal) =>
        revokeToken(accessToken, {
          domain: KINDE_ISSUER_URL,
          clientId: KINDE_CLIENT_ID,
          clientSecret: KINDE_CLIENT_SECRET,
          timeoutMs: TIMEOUT_MS,
          signal,
        }),
    },
    options,
  );
  const { arrived, rung, ms, problems } = outcome;
  const why = problems.map(({ step, message }) => `${step}: ${message}`).join("; ");
  console.log(`fresh_claims arrived=${arrived} rung=${rung} ms=${ms} problems=${JSON.stringify(why)}`);
  return outcome;
}
