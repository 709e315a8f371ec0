import type { RequestHandler, Response } from "express";
import type { FreshnessOutcome } from "../freshness/bringFreshClaims.ts";
import type { User } from "../kinde/loadUser.ts";
import type { Profile } from "../profiles/profile.ts";
import type { BooleanClaim } from "../tokens/readProfileClaims.ts";

export interface PageGuardParts {
  /** The user's row. May throw: the error page then says that the profile cannot be read. */
  readonly readProfile: (userId: string) => Promise<Profile | null>;
  /** Brings the row's claims into the token, and the user anew if they arrived. */
  readonly freshen: (res: Response, profile: Profile) => Promise<FreshnessOutcome>;
  /** The row does not grant the claim: lead to the form, or explain. */
  readonly onMissing: RequestHandler;
  /** The row grants it, and the token could not be brought to say so. */
  readonly onStale: RequestHandler;
}

/**
 * Opens a page to users whose token grants the claim; that takes no request to anybody. For the
 * others the row decides, never the claim alone: a token that is merely old is renewed on the spot,
 * and nobody is sent around in a circle.
 *
 * Stands behind `requireUser`.
 */
export function requireClaimPage(claim: BooleanClaim, parts: PageGuardParts): RequestHandler {
  return async (req, res, next) => {
    const { user } = res.locals as { user: User };
    if (user.profile[claim]) return next();

    const profile = await parts.readProfile(user.id);
    if (!profile?.[claim]) return parts.onMissing(req, res, next);

    const outcome = await parts.freshen(res, profile);
    if (outcome.arrived) return next();
    return parts.onStale(req, res, next);
  };
}
