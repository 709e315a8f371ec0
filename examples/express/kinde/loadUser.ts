import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import type { RequestHandler } from "express";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";
import { TokenError, type TokenErrorCode } from "../tokens/tokenError.ts";
import type { AccessToken, VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import type { Session } from "../web/sessions.ts";
import { forgetTokens, RefreshRefused, refreshTokens } from "./refreshTokens.ts";
import { accessTokenOf } from "./sdk.ts";

/** Who is signed in, by the access token in the session; nothing is asked of anybody. */
export interface User {
  readonly id: string;
  readonly profile: ProfileClaims;
  readonly permissions: readonly string[];
  readonly token: AccessToken;
}

declare global {
  namespace Express {
    interface Locals {
      /** Who is signed in; there behind `loadUser`. */
      user?: User;
    }
  }
}

interface Parts {
  readonly verify: VerifyAccessToken;
  readonly sdk: () => ACClient;
}

/**
 * The user of a session: the access token is checked, and refreshed if it has expired.
 *
 * @returns undefined if nobody is signed in, or no longer
 * @throws TokenError KEYS_UNAVAILABLE while Kinde cannot be reached; the session is kept then
 */
export async function readUser(
  session: Session,
  { verify, sdk }: Parts,
): Promise<User | undefined> {
  const { kinde } = session;
  const token = accessTokenOf(session);
  if (token === undefined) return undefined;
  try {
    return toUser(await verify(token));
  } catch (error) {
    if (refusalOf(error) !== "EXPIRED") return undefined;
  }
  try {
    await refreshTokens(session, sdk());
  } catch (error) {
    // An outage ends no session: the refresh token is as good as before.
    if (!(error instanceof RefreshRefused)) {
      throw new TokenError("KEYS_UNAVAILABLE", { cause: error });
    }
    // Signed out at Kinde, deleted, or idle for too long: they have to sign in again.
    forgetTokens(kinde);
    return undefined;
  }
  try {
    return toUser(await verify(accessTokenOf(session) ?? ""));
  } catch (error) {
    refusalOf(error);
    forgetTokens(kinde);
    return undefined;
  }
}

/** Why the token itself is no good; any other error is thrown on. */
function refusalOf(error: unknown): TokenErrorCode {
  if (!(error instanceof TokenError) || error.code === "KEYS_UNAVAILABLE") throw error;
  return error.code;
}

/** Puts the signed-in user, if there is one, where the pages find it. */
export function loadUser(parts: Parts): RequestHandler {
  return async (_req, res, next) => {
    const user = res.locals.session && (await readUser(res.locals.session, parts));
    if (user) res.locals.user = user;
    next();
  };
}

/** Leads whoever is not signed in to the sign-in, and back here afterwards. */
export const requireUser: RequestHandler = (req, res, next) => {
  if (res.locals.user) return next();
  const here = req.method === "GET" ? req.originalUrl : "/";
  res.redirect(303, `/login?return_to=${encodeURIComponent(here)}`);
};

function toUser(token: AccessToken): User {
  const { permissions } = token.claims;
  return {
    id: token.userId,
    profile: readProfileClaims(token.claims),
    permissions: Array.isArray(permissions) ? permissions.map(String) : [],
    token,
  };
}
