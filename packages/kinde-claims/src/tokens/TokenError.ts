import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** Why a token was refused. Stable: callers branch on the code. */
export type TokenErrorCode =
  | "MALFORMED"
  | "WRONG_ALGORITHM"
  | "UNKNOWN_KEY"
  | "BAD_SIGNATURE"
  | "WRONG_ISSUER"
  | "WRONG_AUDIENCE"
  | "WRONG_CLIENT"
  | "EXPIRED"
  | "NOT_YET_VALID"
  | "NOT_A_USER_TOKEN";

/** The messages for the client: why its token was refused, and nothing about the server. */
const MESSAGES: Record<TokenErrorCode, string> = {
  MALFORMED: "The access token is not a signed JWT",
  WRONG_ALGORITHM: "The access token is not signed with RS256",
  UNKNOWN_KEY: "The access token is signed with an unknown key",
  BAD_SIGNATURE: "The signature of the access token is wrong",
  WRONG_ISSUER: "The access token is from another issuer",
  WRONG_AUDIENCE: "The access token is for another audience",
  WRONG_CLIENT: "The access token is for another application",
  EXPIRED: "The access token expired",
  NOT_YET_VALID: "The access token is not valid yet",
  NOT_A_USER_TOKEN: "The token is not an access token of a user",
};

/** A token was refused. The message holds no part of the token. */
export class TokenError extends KindeClaimsError {
  override name = "TokenError";
  readonly code: TokenErrorCode;

  constructor(code: TokenErrorCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.code = code;
  }
}
