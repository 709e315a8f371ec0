import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject, Run, TokenName } from "../types.ts";

/**
 * A claim that differs between two runs. `before` is absent if the claim was added, and `after` if
 * it was removed.
 */
export interface ClaimChange {
  token: TokenName;
  claim: string;
  before?: Json;
  after?: Json;
}

/** Lists the claims that differ between two runs, by token and in the order of their names. */
export function changedClaims(before: Run, after: Run): ClaimChange[] {
  const tokens = Object.keys(after.claims) as TokenName[];
  return tokens.flatMap((token) => changesOf(token, before.claims[token], after.claims[token]));
}

function changesOf(token: TokenName, before: JsonObject, after: JsonObject): ClaimChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((claim) => ({
      token,
      claim,
      ...pick(before, claim, "before"),
      ...pick(after, claim, "after"),
    }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after));
}

function pick(claims: JsonObject, name: string, as: "before" | "after"): Partial<ClaimChange> {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return value === undefined ? {} : { [as]: value };
}
