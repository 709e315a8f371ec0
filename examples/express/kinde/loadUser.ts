import type { RequestHandler } from "express";
import {
  KeySetUnavailableError,
  TokenError,
  type TokenErrorCode,
  type VerifiedToken,
  type Verifier,
} from "kinde-claims";
import type { ProfileClaims } from "../profileClaims.ts";
import { isKindeUnavailable, KindeUnavailableError } from "./KindeUnavailableError.ts";
import { RefreshRefused, type RefreshTokens } from "./refreshTokens.ts";
import { accessTokenOf, type HoldsTokens, keepTokens } from "./tokens.ts";

/** The signed-in user, as the verified access token in the session describes them. */
export interface User {
  readonly id: string;
  readonly profile: ProfileClaims;
  /** The token's permissions. Empty if the token is for another organization than `orgCode`. */
  readonly permissions: readonly string[];
  /** The verified token. */
  readonly token: VerifiedToken<ProfileClaims>;
  /** The token itself. It opens the user's row in Supabase. */
  readonly accessToken: string;
}

declare global {
  namespace Express {
    interface Locals {
      /** The signed-in user. Set by `loadUser`. */
      user?: User;
      /**
       * Set instead of `user` while Kinde cannot be reached: there is a session, but its token
       * could not be checked.
       */
      unchecked?: true;
    }
  }
}

/** What `readUser` needs to read the user of a session. */
export interface UserParts {
  readonly verifier: Verifier<ProfileClaims>;
  readonly refresh: RefreshTokens;
  /** The organization whose permissions count. If absent, those of all organizations count. */
  readonly orgCode?: string | undefined;
}

/**
 * Reads the user of a session: verifies the access token, and refreshes it if it has expired.
 *
 * @returns undefined if the browser is not signed in, or is not signed in any more
 * @throws an error for which `isKindeUnavailable` returns true, while Kinde cannot be reached. The
 *   session then keeps its tokens
 */
export async function readUser(session: HoldsTokens, parts: UserParts): Promise<User | undefined> {
  const { refresh } = parts;
  const token = accessTokenOf(session);
  if (token === undefined) return undefined;
  try {
    return await verifyUser(token, parts);
  } catch (error) {
    if (refusalOf(error) !== "EXPIRED") return undefined;
  }
  try {
    await refresh(session);
  } catch (error) {
    // An outage does not end the session: the refresh token can still be used.
    if (!(error instanceof RefreshRefused)) {
      throw new KindeUnavailableError("refreshing a session's tokens", { cause: error });
    }
    // The user signed out at Kinde, was deleted, or was idle too long, and has to sign in again.
    keepTokens(session, undefined);
    return undefined;
  }
  try {
    return await verifyUser(accessTokenOf(session) ?? "", parts);
  } catch (error) {
    refusalOf(error);
    keepTokens(session, undefined);
    return undefined;
  }
}

/** Returns the code of the error if a token was refused. Rethrows any other error. */
function refusalOf(error: unknown): TokenErrorCode {
  if (!(error instanceof TokenError)) throw error;
  return error.code;
}

/**
 * Puts the signed-in user into `res.locals.user`. While Kinde cannot be reached, the request
 * fails with an error for which `isKindeUnavailable` returns true.
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

/** How long a page that also works without Kinde's keys waits for them. */
const OPTIONAL_LIMIT_MS = 1_000;

/**
 * Like `loadUser`, but for a page that must open while Kinde cannot be reached: the request does
 * not fail then.
 */
export function loadUserIfPossible(parts: UserParts): RequestHandler {
  const verifier: Verifier<ProfileClaims> = {
    ...parts.verifier,
    verify: (token) => within(OPTIONAL_LIMIT_MS, parts.verifier.verify(token)),
  };
  const load = loadUser({ ...parts, verifier });
  return async (req, res, next) => {
    try {
      await load(req, res, next);
    } catch (error) {
      if (!isKindeUnavailable(error)) throw error;
      next();
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeySetUnavailableError()), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/**
 * Redirects a browser that is not signed in to the sign-in. Afterwards the browser comes back to
 * this address, or, if it sent a form, to the overview.
 */
export const requireUser: RequestHandler = (req, res, next) => {
  if (res.locals.user) return next();
  const here = req.method === "GET" ? req.originalUrl : "/";
  res.redirect(303, `/login?return_to=${encodeURIComponent(here)}`);
};

/**
 * Verifies an access token and returns its user. A token carries the permissions that the user has
 * in one organization, its `org_code`. If `orgCode` is set and is another organization, the
 * permissions are left out.
 *
 * @throws the errors of `verifier.verify`
 */
export async function verifyUser(
  accessToken: string,
  { verifier, orgCode }: Pick<UserParts, "verifier" | "orgCode">,
): Promise<User> {
  const token = await verifier.verify(accessToken);
  const { permissions, org_code } = token.payload;
  const count = orgCode === undefined || org_code === orgCode;
  return {
    id: token.userId,
    profile: token.claims,
    permissions: count && Array.isArray(permissions) ? permissions.map(String) : [],
    token,
    accessToken,
  };
}
