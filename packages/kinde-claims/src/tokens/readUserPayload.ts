import type { JWTPayload } from "jose";
import { TokenError } from "./TokenError.ts";
import type { TokenPayload } from "./types.ts";

/**
 * Checks that a payload is that of a user's access token. A machine token has no `sub` and names
 * its grant; an ID token has no `scp`.
 *
 * @throws {TokenError} NOT_A_USER_TOKEN
 */
export function readUserPayload(payload: JWTPayload): TokenPayload {
  const { iss, sub, exp, iat, scp, gty } = payload;
  const isMachine = [gty].flat().includes("client_credentials");
  // jose's type says what sub is, but jose does not check it.
  if (typeof sub !== "string" || sub === "" || !Array.isArray(scp) || isMachine) {
    throw new TokenError("NOT_A_USER_TOKEN");
  }
  // jose checked these; the compiler does not know it.
  if (iss === undefined || exp === undefined || iat === undefined)
    throw new TokenError("MALFORMED");
  return { ...payload, iss, sub, exp, iat };
}
