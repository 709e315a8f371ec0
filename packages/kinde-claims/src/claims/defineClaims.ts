import { ConfigurationError } from "../errors/ConfigurationError.ts";
import type { ClaimContract, ClaimDeclaration, ClaimType, ClaimValue } from "./types.ts";

/** Claims that Kinde writes itself and that no workflow can set (docs.kinde.com, custom claims). */
const RESERVED = new Set([
  "act",
  "aud",
  "azp",
  "exp",
  "iat",
  "iss",
  "jti",
  "nbf",
  "scp",
  "sid",
  "sub",
]);

/**
 * Declares the custom claims of your tokens: names, types, and the value when a token does not have
 * the claim or has a value of another type.
 *
 * - `false`, `0`, `"none"`: a boolean, a number or a string. It is the value when absent.
 * - `["free", "pro"]`: a string union. **The first entry is the value when absent**, so begin with
 *   the one that grants the least.
 *
 * @throws {ConfigurationError} for a reserved name, a number that JSON does not have (`NaN`,
 *   `Infinity`), and a union without values
 * @example
 * ```ts
 * import { defineClaims, type InferClaims } from "kinde-claims";
 *
 * const claims = defineClaims({
 *   lifetime_subscriber: false,
 *   tier: ["free", "pro"],
 *   seats: 0,
 *   plan: "none",
 * });
 * type MyClaims = InferClaims<typeof claims>;
 *
 * const { tier, seats }: MyClaims = claims.read({ tier: "pro", seats: "7" });
 * // "pro", and 0: "7" is not a number
 * ```
 */
export function defineClaims<const D extends Readonly<Record<string, ClaimDeclaration>>>(
  declarations: D,
): ClaimContract<{ readonly [N in keyof D]: ClaimType<D[N]> }> {
  type C = { readonly [N in keyof D]: ClaimType<D[N]> };
  const entries = Object.entries<ClaimDeclaration>(declarations);
  for (const [name, declaration] of entries) refuseUnusable(name, declaration);

  const readAll = (read: (name: string, declaration: ClaimDeclaration) => ClaimValue): C =>
    // The keys are those of the declarations, and each value has the type that its declaration
    // names.
    Object.freeze(Object.fromEntries(entries.map(([name, d]) => [name, read(name, d)]))) as C;

  return {
    names: Object.freeze(entries.map(([name]) => name as keyof D & string)),
    absent: readAll((_name, declaration) => absentValue(declaration)),
    read: (record) =>
      readAll((name, declaration) =>
        // Own properties only: every object inherits a "constructor", which is not a claim.
        readClaim(declaration, Object.hasOwn(record, name) ? record[name] : undefined),
      ),
  };
}

function readClaim(declaration: ClaimDeclaration, value: unknown): ClaimValue {
  const absent = absentValue(declaration);
  if (typeof declaration === "object") {
    return declaration.find((entry) => entry === value) ?? absent;
  }
  return typeof value === typeof declaration ? (value as ClaimValue) : absent;
}

function absentValue(declaration: ClaimDeclaration): ClaimValue {
  return typeof declaration === "object" ? declaration[0] : declaration;
}

function refuseUnusable(name: string, declaration: unknown): void {
  if (RESERVED.has(name)) {
    throw new ConfigurationError(
      `defineClaims: Kinde reserves the name ${name}. Choose another name for the claim.`,
    );
  }
  const isUsable = Array.isArray(declaration)
    ? declaration.length > 0 && declaration.every((entry) => typeof entry === "string")
    : ["boolean", "string"].includes(typeof declaration) || Number.isFinite(declaration);
  if (!isUsable) {
    throw new ConfigurationError(
      `defineClaims: ${name} must be a boolean, a string, a finite number or a list of strings.`,
    );
  }
}
