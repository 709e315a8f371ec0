import type { Claims } from "../claims/types.ts";
import { ConfigurationError } from "../errors/ConfigurationError.ts";
import { lazy } from "../options/lazy.ts";
import { readIssuer } from "../options/readIssuer.ts";
import { readNames } from "../options/readNames.ts";
import { createJwtVerification } from "./createJwtVerification.ts";
import { readUserPayload } from "./readUserPayload.ts";
import { TokenError } from "./TokenError.ts";
import type { TokenPayload, Verifier, VerifierOptions } from "./types.ts";

/** The clocks of Kinde and of this machine may differ by this time. */
const CLOCK_TOLERANCE_S = 5;

/**
 * Creates a verifier for the access tokens that Kinde issues to users. It accepts RS256, one
 * issuer, and the audience or the clients that you name; it refuses ID tokens and machine tokens.
 *
 * The options are checked at the first `verify`, which throws if one is missing.
 *
 * @example
 * ```ts
 * import { createVerifier, defineClaims, TokenError } from "kinde-claims";
 *
 * const verifier = createVerifier({
 *   issuer: "https://example.kinde.com",
 *   audience: "https://api.example.com",
 *   claims: defineClaims({ lifetime_subscriber: false }),
 * });
 *
 * export async function isSubscriber(accessToken: string): Promise<boolean> {
 *   try {
 *     const { claims } = await verifier.verify(accessToken);
 *     return claims.lifetime_subscriber;
 *   } catch (error) {
 *     if (error instanceof TokenError && error.code === "EXPIRED") return false;
 *     throw error;
 *   }
 * }
 * ```
 */
export function createVerifier<C extends Claims>(options: VerifierOptions<C>): Verifier<C> {
  const verifyPayload = lazy(() => createPayloadVerification(options));
  return {
    claims: options.claims,
    async verify(token) {
      const payload = await verifyPayload()(token);
      return { userId: payload.sub, claims: options.claims.read(payload), payload };
    },
  };
}

function createPayloadVerification<C extends Claims>(
  options: VerifierOptions<C>,
): (token: string) => Promise<TokenPayload> {
  const issuer = readIssuer(options.issuer, "createVerifier: issuer");
  const audience = readNames(options.audience);
  const clients = readNames(options.clients);
  if (audience.length === 0 && clients.length === 0) {
    throw new ConfigurationError(
      "createVerifier: audience and clients are missing. " +
        "Name one of them: without it, tokens of every application would be accepted.",
    );
  }
  const verifyJwt = createJwtVerification(issuer, options);

  return async (token) => {
    const claims = await verifyJwt(token, {
      issuer,
      ...(audience.length > 0 && { audience }),
      clockTolerance: CLOCK_TOLERANCE_S,
    });
    if (clients.length > 0 && !clients.some((id) => claims.azp === id)) {
      throw new TokenError("WRONG_CLIENT");
    }
    const payload = readUserPayload(claims);
    // Kinde's tokens have no nbf, so iat must show whether a token is from the future.
    if (payload.iat > Date.now() / 1000 + CLOCK_TOLERANCE_S) throw new TokenError("NOT_YET_VALID");
    return payload;
  };
}
