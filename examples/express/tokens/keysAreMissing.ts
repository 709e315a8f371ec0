import { errors } from "jose";

/**
 * Whether a check failed because Kinde's keys could not be had, which says nothing about what was
 * checked: no connection, no answer in time, an error page, or an answer that is no key set.
 *
 * @param error what jose's `jwtVerify` threw
 */
export function keysAreMissing(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error instanceof errors.JWKInvalid ||
    // An answer that is not 200, or no JSON, has no class of its own.
    error.code === "ERR_JOSE_GENERIC"
  );
}
