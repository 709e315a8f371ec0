import { type ErrorRequestHandler, Router } from "express";
import type { Verifier } from "kinde-claims";
import { type ConfirmClaim, createGuards, sendProblem } from "kinde-claims/express";
import { CLAIMS } from "../claims.ts";
import type { ProfileClaims } from "../profileClaims.ts";

/** The realm in `WWW-Authenticate`, and the namespace of the problems: `urn:profile-claims:…`. */
const REALM = "profile-claims";

/**
 * The API for clients that send a bearer token. It ignores cookies.
 *
 * @param confirmClaim reads a claim from the user's row. With it, `/members` closes at once when a
 *   subscription ends; without it, when the token expires
 */
export function apiRoutes(
  verifier: Verifier<ProfileClaims>,
  log: (line: string) => void,
  confirmClaim?: ConfirmClaim<ProfileClaims>,
): Router {
  const guards = createGuards(verifier, { realm: REALM, confirmClaim });
  const { authenticateBearer, requireClaim, readToken } = guards;
  const requireProfileComplete = requireClaim("profile_complete", {
    explain: CLAIMS.profile_complete.toGetIt,
  });
  const requireLifetimeSubscriber = requireClaim("lifetime_subscriber", {
    explain: CLAIMS.lifetime_subscriber.toGetIt,
    ...(confirmClaim && { confirm: "row" }),
  });
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    log(`api error: ${error instanceof Error ? error.stack : error}`);
    sendProblem(res, REALM, {
      status: 500,
      kind: "internal",
      title: "Something went wrong here",
      detail: "The error is in the log.",
    });
  };

  return Router()
    .use(authenticateBearer)
    .get("/me", (_req, res) => {
      const { userId, claims } = readToken(res);
      res.json({ user: userId, ...claims });
    })
    .get("/workspace", requireProfileComplete, (_req, res) => {
      res.json({ message: "Your profile is complete." });
    })
    .get("/members", requireLifetimeSubscriber, (_req, res) => {
      res.json({ message: "Welcome, for life." });
    })
    .use((_req, res) => {
      sendProblem(res, REALM, {
        status: 404,
        kind: "not-found",
        title: "There is no such resource",
        detail: "The resources are /api/me, /api/workspace and /api/members.",
      });
    })
    .use(onError);
}
