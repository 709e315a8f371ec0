import type { RequestHandler, Response } from "express";
import type { FreshnessOutcome } from "kinde-claims";
import type { User } from "../kinde/loadUser.ts";
import type { BooleanClaim } from "../profileClaims.ts";
import type { Profile } from "../profiles/profile.ts";

export interface PageGuardParts {
  /** Reads the user's row. If it throws, the app's error handler answers with a page. */
  readonly readProfile: (user: User) => Promise<Profile | null>;
  /** Brings the row's claims into the token, and loads the user again if they arrived. */
  readonly freshen: (res: Response, profile: Profile) => Promise<Pick<FreshnessOutcome, "arrived">>;
  /** Answers if the row does not grant the claim: redirects to the form, or explains. */
  readonly onMissing: RequestHandler;
  /** Answers if the row grants the claim, but the token still does not have it. */
  readonly onStale: RequestHandler;
}

/**
 * Opens a page to users whose token grants the claim, without a request to a service. For other
 * users the row decides: if the row grants the claim, the token is only old, and is renewed at
 * once. So a user with an old token is not redirected to the form and back for ever.
 *
 * Use it after `requireUser`.
 */
export function requireClaimPage(claim: BooleanClaim, parts: PageGuardParts): RequestHandler {
  return async (req, res, next) => {
    const { user } = res.locals as { user: User };
    if (user.profile[claim]) return next();

    const profile = await parts.readProfile(user);
    if (!profile?.[claim]) return parts.onMissing(req, res, next);

    const outcome = await parts.freshen(res, profile);
    if (outcome.arrived) return next();
    return parts.onStale(req, res, next);
  };
}
