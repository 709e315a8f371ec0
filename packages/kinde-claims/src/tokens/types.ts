import type { ClaimContract, Claims } from "../claims/types.ts";
import type { RequestOptions } from "../options/RequestOptions.ts";

/** Which tokens are accepted. Name the audience of your API, the clients, or both. */
export type VerifierOptions<C extends Claims> = RequestOptions & {
  /** The Kinde domain, which must be the claim `iss`: `https://example.kinde.com`. */
  readonly issuer: string;
  /** The claims to read, from `defineClaims`. */
  readonly claims: ClaimContract<C>;
} & (
    | {
        /** The identifier of your API in Kinde. If you name several, a token needs one of them. */
        readonly audience: string | readonly string[];
        /** The ids of the applications (`azp`) whose tokens are accepted. */
        readonly clients?: readonly string[] | undefined;
      }
    | {
        readonly audience?: string | readonly string[] | undefined;
        /** Required if no API is registered in Kinde: tokens then have `aud: []`. */
        readonly clients: readonly string[];
      }
  );

/**
 * The payload of a verified access token. The types of claims that are not listed here are not
 * checked.
 */
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
  /** The whole payload, to read other claims of the token. */
  readonly payload: TokenPayload;
}

/** Verifies access tokens. From `createVerifier`. */
export interface Verifier<C extends Claims> {
  /** The declared claims: the option `claims` of `createVerifier`. */
  readonly claims: ClaimContract<C>;
  /**
   * Verifies an access token and reads its claims.
   *
   * @throws {TokenError} if the token is refused; its `code` says why
   * @throws {KeySetUnavailableError} if Kinde's keys cannot be fetched: try again later
   * @throws {ConfigurationError} if an option is missing or invalid, for example the issuer
   */
  verify(token: string): Promise<VerifiedToken<C>>;
}
