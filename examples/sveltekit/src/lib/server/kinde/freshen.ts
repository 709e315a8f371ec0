import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import { bringFreshClaims, revokeToken } from "kinde-claims";
import { profileClaims, type ProfileClaims } from "../../claims.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { management, TIMEOUT_MS, verifier } from "./kindeClaims.ts";
import { refreshTokens } from "./refreshTokens.ts";

/**
 * Brings a row's claims into the session's access token. It refreshes the tokens and, if that does
 * not help, revokes the access token and refreshes again. A silent sign-in needs a redirect, so it
 * is left to the caller.
 *
 * @param options.requireNewToken fetches a new token even if the token has the claims already
 * @returns whether the token has the claims now
 */
export async function freshen(
  session: SessionManager,
  userId: string,
  row: ProfileClaims,
  options?: { readonly requireNewToken?: boolean },
): Promise<boolean> {
  const { KINDE_ISSUER_URL, KINDE_CLIENT_ID, KINDE_CLIENT_SECRET } = settings();
  const app = {
    domain: KINDE_ISSUER_URL,
    clientId: KINDE_CLIENT_ID,
    clientSecret: KINDE_CLIENT_SECRET,
    timeoutMs: TIMEOUT_MS,
  };
  const token = async () => String(await session.getSessionItem("access_token"));
  const machine = management();
  const { arrived, rung, ms, problems } = await bringFreshClaims(
    profileClaims.read(row),
    {
      readToken: async () => verifier().verify(await token()),
      refreshClaims: machine && ((signal) => machine.refreshClaims(userId, { signal })),
      refreshTokens: () => refreshTokens(session),
      revokeToken: async (signal) => revokeToken(await token(), { ...app, signal }),
    },
    options,
  );
  const failed = problems.map(({ step, message }) => `${step}: ${message}`).join("; ");
  const why = failed && ` problems=${JSON.stringify(failed)}`;
  log(`fresh_claims arrived=${arrived} rung=${rung} ms=${ms}${why}`);
  return arrived;
}
