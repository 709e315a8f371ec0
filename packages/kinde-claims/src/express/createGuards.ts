import type { Response } from "express";
import type { Claims, ClaimValue } from "../claims/types.ts";
import { ConfigurationError } from "../errors/ConfigurationError.ts";
import type { VerifiedToken, Verifier } from "../tokens/types.ts";
import { challenge } from "./challenge.ts";
import { createAuthenticateBearer } from "./createAuthenticateBearer.ts";
import { sendProblem } from "./Problem.ts";
import type { Guard, GuardOptions, Guards, RequireClaimOptions } from "./types.ts";

/**
 * Creates the guards for an Express app, typed by the verifier's claims.
 *
 * @example
 * ```ts
 * import express from "express";
 * import { createVerifier, defineClaims } from "kinde-claims";
 * import { createGuards } from "kinde-claims/express";
 *
 * const verifier = createVerifier({
 *   issuer: "https://example.kinde.com",
 *   audience: "https://api.example.com",
 *   claims: defineClaims({ lifetime_subscriber: false, tier: ["free", "pro"] }),
 * });
 * const { authenticateBearer, requireClaim, readToken } = createGuards(verifier);
 *
 * const app = express();
 * app.get("/api/me", authenticateBearer, (_req, res) => {
 *   res.json(readToken(res).claims);
 * });
 * app.get(
 *   "/api/members",
 *   authenticateBearer,
 *   requireClaim("lifetime_subscriber", { explain: "This is for lifetime subscribers." }),
 *   (_req, res) => void res.json({ welcome: readToken(res).userId }),
 * );
 * app.get("/api/pro", authenticateBearer, requireClaim("tier", { equals: "pro" }), (_req, res) => {
 *   res.json({ tier: readToken(res).claims.tier });
 * });
 * ```
 */
export function createGuards<C extends Claims>(
  verifier: Verifier<C>,
  { realm = "kinde-claims" }: GuardOptions = {},
): Guards<C> {
  // Kept beside the response, so that no name in res.locals can collide.
  const tokens = new WeakMap<Response, VerifiedToken<C>>();

  function readToken(res: Response): VerifiedToken<C> {
    const token = tokens.get(res);
    if (token) return token;
    throw new ConfigurationError(
      "The request has no verified token. Put authenticateBearer before this route.",
    );
  }

  function requireClaim(
    name: keyof C & string,
    {
      equals = true,
      explain = "Fetch a new access token when this has changed.",
    }: RequireClaimOptions<ClaimValue> = {},
  ): Guard {
    return (_req, res, next) => {
      if (readToken(res).claims[name] === equals) {
        next();
        return;
      }
      const description = `The claim ${name} must be ${equals}`;
      res.set("WWW-Authenticate", challenge(realm, "insufficient_scope", description));
      sendProblem(res, realm, {
        status: 403,
        kind: "claim-required",
        title: `The claim ${name} is not ${equals}`,
        detail: explain,
        claim: name,
      });
    };
  }

  return {
    authenticateBearer: createAuthenticateBearer(verifier, realm, (res, token) => {
      tokens.set(res, token);
    }),
    requireClaim,
    readToken,
  };
}
