import { errors } from "jose";
import { KeySetUnavailableError } from "../errors/KeySetUnavailableError.ts";
import { TokenError, type TokenErrorCode } from "./TokenError.ts";

const BY_CLAIM: Readonly<Record<string, TokenErrorCode>> = {
  iss: "WRONG_ISSUER",
  aud: "WRONG_AUDIENCE",
  nbf: "NOT_YET_VALID",
};

/** Turns what jose's `jwtVerify` threw into an error of this package. */
export function tokenErrorOf(error: unknown): TokenError | KeySetUnavailableError {
  if (error instanceof KeySetUnavailableError) return error;
  // jose has a class for everything that can be wrong with a token. A plain TypeError is about the
  // key, for example one that is too short for RS256.
  if (!(error instanceof errors.JOSEError)) return new KeySetUnavailableError({ cause: error });
  return new TokenError(codeOf(error), { cause: error });
}

function codeOf(error: errors.JOSEError): TokenErrorCode {
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed) return BY_CLAIM[error.claim] ?? "MALFORMED";
  if (error instanceof errors.JOSEAlgNotAllowed) return "WRONG_ALGORITHM";
  if (error instanceof errors.JWKSNoMatchingKey) return "UNKNOWN_KEY";
  // The token names no key, and the key set has several.
  if (error instanceof errors.JWKSMultipleMatchingKeys) return "UNKNOWN_KEY";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "BAD_SIGNATURE";
  // The rest is not a JWT, or its header asks for an extension that jose does not know (crit).
  return "MALFORMED";
}
