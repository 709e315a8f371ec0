import type { RequestHandler } from "express";
import { type ProfileClaim, readProfileClaims } from "../tokens/readProfileClaims.ts";
import { challenge, sendProblem } from "./problem.ts";

const WHAT_TO_DO: Record<ProfileClaim, string> = {
  profile_complete: "Fill in the profile form, then fetch a new access token.",
  lifetime_subscriber:
    "This is for lifetime subscribers. After subscribing, fetch a new access token.",
};

/**
 * Lets a bearer client pass whose token grants the claim; any other gets 403 and is told which claim
 * is missing. Stands behind `authenticateBearer`.
 */
export function requireClaim(claim: ProfileClaim): RequestHandler {
  return (_req, res, next) => {
    const token = res.locals.accessToken;
    if (token && readProfileClaims(token.claims)[claim]) {
      next();
      return;
    }
    res.set("WWW-Authenticate", challenge("insufficient_scope", `The claim ${claim} must be true`));
    sendProblem(res, {
      status: 403,
      kind: "claim-required",
      title: `The claim ${claim} is not true`,
      detail: WHAT_TO_DO[claim],
      claim,
    });
  };
}

export const requireProfileComplete = requireClaim("profile_complete");
export const requireLifetimeSubscriber = requireClaim("lifetime_subscriber");
