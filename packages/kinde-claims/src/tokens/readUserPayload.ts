import type { JWTPayload } from "jose";
import { TokenError } from "./TokenError.ts";
import type { TokenPayload } from "./types.ts";

/**
 * Checks that a payload belongs to an access token of a user. A machine token has no `sub` and
 * names its grant in `gty`; an ID token has no `scp`.
 *
 * @throws {TokenError} NOT_A_USER_TOKEN; MALFORMED if a claim is missing that Kinde always writes
 */
export function readUserPayload(payload: JWTPayload): TokenPayload {
  const { iss, sub, exp, iat, scp, gty } = payload;
  const isMachine = [gty].flat().includes("client_credentials");
  // jose declares sub as a string, but does not check it.
  if (typeof sub !== "string" || sub === "" || !Array.isArray(scp) || isMachine) {
    throw new TokenError("NOT_A_USER_TOKEN");
  }
  // jose checks only the times that a token has. A token that never expires is not from Kinde.
  if (iss === undefined || exp === undefined || iat === undefined)
    throw new TokenError("MALFORMED");
  return { ...payload, iss, sub, exp, iat };
}
