import type { Claims } from "./types.ts";

/**
 * Whether the claims have the expected values. Claims that `expected` does not name may have any
 * value.
 *
 * @example
 * ```ts
 * import { claimsAgree } from "kinde-claims";
 *
 * const agree: boolean = claimsAgree({ tier: "pro", seats: 3 }, { tier: "pro" }); // true
 * ```
 */
export function claimsAgree<C extends Claims>(claims: C, expected: Partial<NoInfer<C>>): boolean {
  return Object.entries(expected).every(([name, value]) => claims[name] === value);
}
