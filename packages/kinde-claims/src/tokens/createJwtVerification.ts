import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import { KeySetUnavailableError } from "../errors/KeySetUnavailableError.ts";
import { DEFAULT_TIMEOUT_MS, type RequestOptions } from "../options/RequestOptions.ts";
import { tokenErrorOf } from "./tokenErrorOf.ts";

/** Checks the signature of a JWT and the registered claims that the rules name. */
export type VerifyJwt = (jwt: string, rules?: JWTVerifyOptions) => Promise<JWTPayload>;

/**
 * Creates the function that checks JWTs of one issuer. It fetches the issuer's keys at its first
 * use and keeps them for ten minutes. For a token with an unknown key it fetches them again, at
 * most every 30 seconds. It accepts only RS256, whatever algorithm the token names.
 *
 * @returns a function that throws `TokenError` or `KeySetUnavailableError`
 */
export function createJwtVerification(issuer: string, options: RequestOptions): VerifyJwt {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, fetch } = options;
  const fetchKeys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer), {
    timeoutDuration: timeoutMs,
    [customFetch]: (url, init) => (fetch ?? globalThis.fetch)(url, init),
  });

  const findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await fetchKeys(header, token);
    } catch (error) {
      const isAboutToken =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys;
      throw isAboutToken ? error : new KeySetUnavailableError({ cause: error });
    }
  };

  return async (jwt, rules) => {
    try {
      return (await jwtVerify(jwt, findKey, { ...rules, algorithms: ["RS256"] })).payload;
    } catch (error) {
      throw tokenErrorOf(error);
    }
  };
}
