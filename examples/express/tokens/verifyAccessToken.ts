import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { keysAreMissing } from "./keysAreMissing.ts";
import { TokenError, type TokenErrorCode } from "./tokenError.ts";

/** What a token must be to be let in. Name the audience of your API in Kinde, or its client ids. */
export interface AccessTokenRules {
  /** The Kinde domain, exactly as the claim `iss` has it: `https://yours.kinde.com`. */
  readonly issuer: string;
  /** The API's identifier in Kinde. Without one Kinde writes `aud: []`, and `clients` must do. */
  readonly audience?: string | undefined;
  /** The applications (`azp`) whose tokens are taken. */
  readonly clients?: readonly string[] | undefined;
}

/** An access token of a user that has been checked. */
export interface AccessToken {
  /** The user's id in Kinde, `kp_…`. */
  readonly userId: string;
  readonly claims: Readonly<JWTPayload>;
}

export type VerifyAccessToken = (token: string) => Promise<AccessToken>;

/** For clocks that differ a little. */
const CLOCK_TOLERANCE_S = 5;
const JWKS_TIMEOUT_MS = 3_000;

/**
 * Makes the function that checks access tokens. It fetches Kinde's public keys once and keeps them;
 * keys it has not seen make it fetch again, at most every 30 s.
 *
 * @throws {TypeError} if neither an audience nor a client is named: any application's token would do
 */
export function createAccessTokenVerifier(rules: AccessTokenRules): VerifyAccessToken {
  const { issuer, audience, clients } = rules;
  if (!audience && !clients?.length) {
    throw new TypeError("Name the audience or the clients whose tokens are to be accepted.");
  }
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer), {
    timeoutDuration: JWKS_TIMEOUT_MS,
  });
  return async (token) => {
    let claims: JWTPayload;
    try {
      const verified = await jwtVerify(token, keys, {
        issuer,
        ...(audience && { audience }),
        algorithms: ["RS256"],
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ["exp", "iat"],
      });
      claims = verified.payload;
    } catch (error) {
      throw new TokenError(codeOf(error), { cause: error });
    }
    if (clients?.length && !clients.includes(String(claims.azp))) {
      throw new TokenError("WRONG_AUDIENCE");
    }
    // Kinde's tokens have no nbf: one from the future shows by its iat.
    if ((claims.iat ?? 0) > Date.now() / 1000 + CLOCK_TOLERANCE_S) {
      throw new TokenError("NOT_YET_VALID");
    }
    return { userId: readUserId(claims), claims };
  };
}

/** A machine's token has no sub, and says how it was got; an ID token has a sub, and no scp. */
function readUserId({ sub, scp, gty }: JWTPayload): string {
  const isMachine = [gty].flat().includes("client_credentials");
  // jose's type says so, but nothing has looked at the claim.
  if (typeof sub !== "string" || sub === "" || !Array.isArray(scp) || isMachine) {
    throw new TokenError("NOT_A_USER_TOKEN");
  }
  return sub;
}

const BY_CLAIM: Record<string, TokenErrorCode> = {
  iss: "WRONG_ISSUER",
  aud: "WRONG_AUDIENCE",
  nbf: "NOT_YET_VALID",
};

function codeOf(error: unknown): TokenErrorCode {
  if (keysAreMissing(error)) return "KEYS_UNAVAILABLE";
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed) return BY_CLAIM[error.claim] ?? "MALFORMED";
  if (error instanceof errors.JOSEAlgNotAllowed) return "WRONG_ALGORITHM";
  // Several fit when the token names none.
  if (error instanceof errors.JWKSNoMatchingKey) return "UNKNOWN_KEY";
  if (error instanceof errors.JWKSMultipleMatchingKeys) return "UNKNOWN_KEY";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "BAD_SIGNATURE";
  // What is left is in the token: no JWT, or one with a header that cannot be honoured (crit).
  return "MALFORMED";
}
