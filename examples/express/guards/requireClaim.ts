import type { RequestHandler } from "express";
import { CLAIMS } from "../claims.ts";
import { type BooleanClaim, readProfileClaims } from "../tokens/readProfileClaims.ts";
import { challenge, sendProblem } from "./problem.ts";

/**
 * Lets a bearer client pass whose token grants the claim; any other gets 403 and is told which claim
 * is missing. Stands behind `authenticateBearer`.
 */
export function requireClaim(claim: BooleanClaim): RequestHandler {
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
      detail: CLAIMS[claim].toGetIt,
      claim,
    });
  };
}

export const requireProfileComplete = requireClaim("profile_complete");
export const requireLifetimeSubscriber = requireClaim("lifetime_subscriber");
