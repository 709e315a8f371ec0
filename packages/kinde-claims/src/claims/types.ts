/** The value of one claim. */
export type ClaimValue = boolean | string | number;

/** The claims of a token, by name. */
export type Claims = Readonly<Record<string, ClaimValue>>;

/**
 * How one claim is declared: by its value when the token does not have it, or by the values of a
 * string union. The first value is used when the token has none of them.
 */
export type ClaimDeclaration = ClaimValue | readonly [string, ...string[]];

/** The type of a claim with this declaration. */
export type ClaimType<D extends ClaimDeclaration> = D extends readonly string[]
  ? D[number]
  : D extends boolean
    ? boolean
    : D extends number
      ? number
      : string;

/** What `defineClaims` returns: the names of the claims, their absent values, and `read`. */
export interface ClaimContract<C extends Claims> {
  readonly names: readonly (keyof C & string)[];
  /** The value of each claim when the token does not have it, or has another type of value. */
  readonly absent: C;
  /**
   * Reads the claims from a verified payload, or from any record with the same names, such as a
   * row. A value of another type is never converted: `"true"` and `1` are not `true`.
   */
  read(record: Readonly<Record<string, unknown>>): C;
}

/** The claims of a contract: `InferClaims<typeof claims>`. */
export type InferClaims<T extends { readonly absent: Claims }> = T["absent"];
