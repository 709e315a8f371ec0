import { type ErrorRequestHandler, Router } from "express";
import { authenticateBearer } from "../guards/authenticateBearer.ts";
import { sendProblem } from "../guards/problem.ts";
import { requireLifetimeSubscriber, requireProfileComplete } from "../guards/requireClaim.ts";
import { readProfileClaims } from "../tokens/readProfileClaims.ts";
import type { VerifyAccessToken } from "../tokens/verifyAccessToken.ts";

/** For clients with a bearer token of their own. Cookies mean nothing here. */
export function apiRoutes(verify: VerifyAccessToken, log: (line: string) => void): Router {
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    log(`api error: ${error instanceof Error ? error.stack : error}`);
    sendProblem(res, {
      status: 500,
      kind: "internal",
      title: "Something went wrong here",
      detail: "It was written down.",
    });
  };
  return Router()
    .use(authenticateBearer(verify))
    .get("/me", (_req, res) => {
      const token = res.locals.accessToken;
      res.json({ user: token?.userId, ...readProfileClaims(token?.claims ?? {}) });
    })
    .get("/workspace", requireProfileComplete, (_req, res) => {
      res.json({ message: "Your profile is complete." });
    })
    .get("/members", requireLifetimeSubscriber, (_req, res) => {
      res.json({ message: "Welcome, for life." });
    })
    .use((_req, res) => {
      sendProblem(res, {
        status: 404,
        kind: "not-found",
        title: "There is no such resource",
        detail: "See the README.",
      });
    })
    .use(onError);
}
