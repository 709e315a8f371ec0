import type { ClaimContract, Claims } from "../claims/types.ts";
import type { RequestOptions } from "../options/RequestOptions.ts";

/** What a token must be to be accepted. Name the audience of your API, its clients, or both. */
export type VerifierOptions<C extends Claims> = RequestOptions & {
  /** The Kinde domain, as the claim `iss` has it: `https://example.kinde.com`. */
  readonly issuer: string;
  /** The claims to read, from `defineClaims`. */
  readonly claims: ClaimContract<C>;
} & (
    | {
        /** The identifier of your API in Kinde. Of several, a token must have one. */
        readonly audience: string | readonly string[];
        /** The ids of the applications (`azp`) whose tokens are accepted. */
        readonly clients?: readonly string[] | undefined;
      }
    | {
        readonly audience?: string | readonly string[] | undefined;
        /** Needed when no API is registered in Kinde: its tokens then have `aud: []`. */
        readonly clients: readonly string[];
      }
  );

/** The payload of a verified access token. Claims that are not named here are unchecked. */
export interface TokenPayload {
  readonly iss: string;
  readonly sub: string;
  /** Seconds since 1970. */
  readonly exp: number;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly [claim: string]: unknown;
}

/** A verified access token of a user. */
export interface VerifiedToken<C extends Claims> {
  /** The id of the user in Kinde, `kp_…`. */
  readonly userId: string;
  /** The claims of the contract, each with a value of its type. */
  readonly claims: C;
  /** Everything else that the token says. */
  readonly payload: TokenPayload;
}

/** Verifies access tokens. From `createVerifier`. */
export interface Verifier<C extends Claims> {
  /** The contract that the verifier reads the claims with. */
  readonly claims: ClaimContract<C>;
  /**
   * Verifies an access token and reads its claims.
   *
   * @throws {TokenError} if the token is refused; its `code` says why
   * @throws {KeySetUnavailableError} if Kinde's keys cannot be fetched: try again later
   * @throws {ConfigurationError} if the options do not fit, for example without an issuer
   */
  verify(token: string): Promise<VerifiedToken<C>>;
}
