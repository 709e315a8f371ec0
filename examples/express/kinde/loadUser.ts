import type { RequestHandler } from "express";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";
import { TokenError, type TokenErrorCode } from "../tokens/tokenError.ts";
import type { AccessToken, VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import { RefreshRefused, type RefreshTokens } from "./refreshTokens.ts";
import { accessTokenOf, type HoldsTokens, keepTokens } from "./tokens.ts";

/** The signed-in user, as the verified access token in the session describes them. */
export interface User {
  readonly id: string;
  readonly profile: ProfileClaims;
  /** The permissions in the configured organization. */
  readonly permissions: readonly string[];
  readonly token: AccessToken;
}

declare global {
  namespace Express {
    interface Locals {
      /** The signed-in user. Set by `loadUser`. */
      user?: User;
      /** Set instead while Kinde cannot be reached: somebody is signed in, but the token is unchecked. */
      unchecked?: true;
    }
  }
}

/** What it takes to read the user of a session. */
export interface UserParts {
  readonly verify: VerifyAccessToken;
  readonly refresh: RefreshTokens;
  /** The organization whose permissions count; all of them do when it is absent. */
  readonly orgCode?: string | undefined;
}

/**
 * Reads the user of a session: verifies the access token, and refreshes it if it has expired.
 *
 * @returns undefined if the browser is not signed in, or no longer
 * @throws TokenError KEYS_UNAVAILABLE while Kinde cannot be reached; the session is kept then
 */
export async function readUser(session: HoldsTokens, parts: UserParts): Promise<User | undefined> {
  const { verify, refresh, orgCode } = parts;
  const token = accessTokenOf(session);
  if (token === undefined) return undefined;
  try {
    return toUser(await verify(token), orgCode);
  } catch (error) {
    if (refusalOf(error) !== "EXPIRED") return undefined;
  }
  try {
    await refresh(session);
  } catch (error) {
    // An outage ends no session: the refresh token is as good as before.
    if (!(error instanceof RefreshRefused)) {
      throw new TokenError("KEYS_UNAVAILABLE", { cause: error });
    }
    // Signed out at Kinde, deleted, or idle for too long: they have to sign in again.
    keepTokens(session, undefined);
    return undefined;
  }
  try {
    return toUser(await verify(accessTokenOf(session) ?? ""), orgCode);
  } catch (error) {
    refusalOf(error);
    keepTokens(session, undefined);
    return undefined;
  }
}

/** The code of a token that was refused. Rethrows any other error. */
function refusalOf(error: unknown): TokenErrorCode {
  if (!(error instanceof TokenError) || error.code === "KEYS_UNAVAILABLE") throw error;
  return error.code;
}

/**
 * Puts the signed-in user into `res.locals.user`. While Kinde cannot be reached the request fails
 * with TokenError KEYS_UNAVAILABLE.
 */
export function loadUser(parts: UserParts): RequestHandler {
  return async (_req, res, next) => {
    const { session } = res.locals;
    if (session) {
      try {
        const user = await readUser(session, parts);
        if (user) res.locals.user = user;
      } catch (error) {
        res.locals.unchecked = true;
        throw error;
      }
    }
    next();
  };
}

/** Somebody waits for a page that can do without the keys. */
const OPTIONAL_LIMIT_MS = 1_000;

/** As `loadUser`, for a page that must open while Kinde cannot be reached: it never fails then. */
export function loadUserIfPossible(parts: UserParts): RequestHandler {
  const verify: VerifyAccessToken = (token) => within(OPTIONAL_LIMIT_MS, parts.verify(token));
  const load = loadUser({ ...parts, verify });
  return async (req, res, next) => {
    try {
      await load(req, res, next);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      next();
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenError("KEYS_UNAVAILABLE")), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Redirects a browser that is not signed in to the sign-in, and back here afterwards. */
export const requireUser: RequestHandler = (req, res, next) => {
  if (res.locals.user) return next();
  const here = req.method === "GET" ? req.originalUrl : "/";
  res.redirect(303, `/login?return_to=${encodeURIComponent(here)}`);
};

/**
 * Describes the user of a verified token. A token carries the permissions that the user has in one
 * organization, `org_code`: those of another organization than `orgCode` are left out.
 */
export function toUser(token: AccessToken, orgCode: string | undefined): User {
  const { permissions, org_code } = token.claims;
  const count = orgCode === undefined || org_code === orgCode;
  return {
    id: token.userId,
    profile: readProfileClaims(token.claims),
    permissions: count && Array.isArray(permissions) ? permissions.map(String) : [],
    token,
  };
}
