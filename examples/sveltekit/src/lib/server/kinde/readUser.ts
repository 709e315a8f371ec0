import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import { KeySetUnavailableError, TokenError, type VerifiedToken } from "kinde-claims";
import type { ProfileClaims } from "../../claims.ts";
import { KindeAwayError } from "./KindeAwayError.ts";
import { verifier } from "./kindeClaims.ts";
import { RefreshRefusedError, refreshTokens } from "./refreshTokens.ts";

/** The signed-in user, as the verified access token describes them. */
export interface User {
  readonly id: string;
  readonly claims: ProfileClaims;
  readonly payload: VerifiedToken<ProfileClaims>["payload"];
  /** The token itself. It opens the user's row in Supabase, so never send it to a page. */
  readonly accessToken: string;
}

/**
 * Reads the user of a session: verifies the access token, and refreshes it if it has expired.
 *
 * @returns undefined if the browser is not signed in, or is not signed in any more
 * @throws KindeAwayError while Kinde cannot be reached
 */
export async function readUser(session: SessionManager): Promise<User | undefined> {
  try {
    return await verifyUser(session);
  } catch (error) {
    if (!(error instanceof TokenError)) throw awayErrorOf(error);
    if (error.code !== "EXPIRED") return undefined;
  }
  try {
    await refreshTokens(session);
    return await verifyUser(session);
  } catch (error) {
    if (error instanceof TokenError || error instanceof RefreshRefusedError) return undefined;
    throw awayErrorOf(error);
  }
}

async function verifyUser(session: SessionManager): Promise<User | undefined> {
  const accessToken = await session.getSessionItem("access_token");
  if (typeof accessToken !== "string" || accessToken === "") return undefined;
  const { userId, claims, payload } = await verifier().verify(accessToken);
  return { id: userId, claims, payload, accessToken };
}

function awayErrorOf(error: unknown): unknown {
  if (!(error instanceof KeySetUnavailableError)) return error;
  return new KindeAwayError("fetching its keys", { cause: error });
}
