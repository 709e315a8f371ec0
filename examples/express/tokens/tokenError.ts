/** Why a token was refused. Stable: callers branch on the code. */
export type TokenErrorCode =
  | "MALFORMED"
  | "WRONG_ALGORITHM"
  | "UNKNOWN_KEY"
  | "BAD_SIGNATURE"
  | "WRONG_ISSUER"
  | "WRONG_AUDIENCE"
  | "EXPIRED"
  | "NOT_YET_VALID"
  | "NOT_A_USER_TOKEN"
  | "KEYS_UNAVAILABLE";

/** What a client may be told: enough to mend its request, nothing about the server. */
const SENTENCES: Record<TokenErrorCode, string> = {
  MALFORMED: "The access token is not a signed JWT",
  WRONG_ALGORITHM: "The access token is not signed with RS256",
  UNKNOWN_KEY: "The access token is signed with an unknown key",
  BAD_SIGNATURE: "The signature of the access token is wrong",
  WRONG_ISSUER: "The access token is from another issuer",
  WRONG_AUDIENCE: "The access token is for another audience",
  EXPIRED: "The access token expired",
  NOT_YET_VALID: "The access token is not valid yet",
  NOT_A_USER_TOKEN: "The token is not an access token of a user",
  KEYS_UNAVAILABLE: "The keys to check the access token are not available now",
};

/** A token that was refused. KEYS_UNAVAILABLE alone says nothing about the token itself. */
export class TokenError extends Error {
  override name = "TokenError";
  readonly code: TokenErrorCode;

  constructor(code: TokenErrorCode, options?: ErrorOptions) {
    super(SENTENCES[code], options);
    this.code = code;
  }
}
