import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import type { RequestHandler } from "express";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";
import { TokenError } from "../tokens/tokenError.ts";
import type { AccessToken, VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import type { Session } from "../web/sessions.ts";
import { accessTokenOf, refreshTokens } from "./sdk.ts";

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
 * @throws TokenError KEYS_UNAVAILABLE while Kinde cannot be reached
 */
export async function readUser(
  session: Session,
  { verify, sdk }: Parts,
): Promise<User | undefined> {
  const token = accessTokenOf(session);
  if (token === undefined) return undefined;
  try {
    return toUser(await verify(token));
  } catch (error) {
    if (!(error instanceof TokenError) || error.code === "KEYS_UNAVAILABLE") throw error;
    if (error.code !== "EXPIRED") return undefined;
  }
  try {
    await refreshTokens(session, sdk());
    return toUser(await verify(accessTokenOf(session) ?? ""));
  } catch {
    // Signed out at Kinde, deleted, or idle for too long: they have to sign in again.
    session.kinde.clear();
    return undefined;
  }
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
