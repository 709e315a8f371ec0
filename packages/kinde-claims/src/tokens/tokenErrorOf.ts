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
  // jose throws a JOSEError for every fault of a token. Any other error is about the key: for
  // example, a TypeError for a key that is too short for RS256.
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
  // Otherwise it is not a JWT, or its header requires an extension that jose does not know (crit).
  return "MALFORMED";
}
