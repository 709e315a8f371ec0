import type { Response } from "express";
import type { Claims, ClaimValue } from "../claims/types.ts";
import { ConfigurationError } from "../errors/ConfigurationError.ts";
import type { VerifiedToken, Verifier } from "../tokens/types.ts";
import { answerClaimMissing, answerUnconfirmed } from "./claimProblems.ts";
import { confirmWithin } from "./confirmWithin.ts";
import { createAuthenticateBearer } from "./createAuthenticateBearer.ts";
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
 *
 * // The token alone may be up to a day old. This guard also asks the database.
 * declare function readRow(userId: string): Promise<{ lifetime_subscriber: boolean } | undefined>;
 * const exact = createGuards(verifier, {
 *   confirmClaim: async ({ userId }) => (await readRow(userId))?.lifetime_subscriber,
 * });
 * app.delete(
 *   "/api/account",
 *   exact.authenticateBearer,
 *   exact.requireClaim("lifetime_subscriber", { confirm: "row" }),
 *   (_req, res) => void res.status(204).end(),
 * );
 * ```
 */
export function createGuards<C extends Claims>(
  verifier: Verifier<C>,
  { realm = "kinde-claims", confirmClaim }: GuardOptions<NoInfer<C>> = {},
): Guards<C> {
  // Not stored in res.locals, where the name could collide with the app's own names.
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
      explain = "Fetch a new access token when the claim has changed.",
      confirm,
    }: RequireClaimOptions<ClaimValue> = {},
  ): Guard {
    if (confirm && !confirmClaim) {
      throw new ConfigurationError(
        `requireClaim("${name}", { confirm: "row" }): pass confirmClaim to createGuards.`,
      );
    }
    const refusal = { realm, name, equals, explain };
    return async (_req, res, next) => {
      const { userId, claims } = readToken(res);
      if (claims[name] !== equals) return answerClaimMissing(res, refusal);
      if (!confirm || !confirmClaim) return next();
      const confirmed = await confirmWithin(confirmClaim, { userId, claim: name });
      if (!confirmed) return answerUnconfirmed(res, refusal);
      return confirmed.value === equals ? next() : answerClaimMissing(res, refusal);
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
