import type { Settings } from "../project/readSettings.ts";
import { toPlainJson } from "../toPlainJson.ts";
import type { JsonObject, RunOptions, TokenClaims } from "../types.ts";

/** The claims with which a run begins, as a JSON copy that the caller cannot change. */
export function tokenClaims(given: RunOptions["claims"] = {}): TokenClaims {
  const copy = (claims: object | undefined): JsonObject =>
    toPlainJson(claims ?? {}, "The claims") as JsonObject;
  return {
    accessToken: copy(given.accessToken),
    idToken: copy(given.idToken),
    m2mToken: copy(given.m2mToken),
  };
}

/**
 * Removes the claims of each token whose binding has `resetClaims: true`. By default, claims are
 * kept.
 */
export function resetClaims(claims: TokenClaims, bindings: Settings["bindings"]): TokenClaims {
  const kept = { ...claims };
  for (const token of ["accessToken", "idToken", "m2mToken"] as const) {
    if (bindings[`kinde.${token}`]?.resetClaims === true) kept[token] = {};
  }
  return kept;
}
