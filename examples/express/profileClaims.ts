import { defineClaims, type InferClaims } from "kinde-claims";
import type { BooleanClaim as BooleanClaimOf } from "kinde-claims/express";
import { CLAIMS } from "./claims.ts";

type Table = typeof CLAIMS;

/**
 * What `defineClaims` needs for the table: for each entry a boolean, or the list of the claim's
 * strings.
 */
type Declarations = {
  readonly [Name in keyof Table]: keyof Table[Name]["states"] extends infer State extends string
    ? "true" extends State
      ? boolean
      : readonly [State, ...State[]]
    : never;
};

/** The claims of the app, as `kinde-claims` reads them from a token or from a row. */
export const profileClaims = defineClaims(
  // The type of `Object.fromEntries` loses the claims' names; `Declarations` has them from the
  // table.
  Object.fromEntries(
    Object.entries(CLAIMS).map(([name, { whenAbsent, states }]) => [
      name,
      // A list begins with the value for a token that does not have the claim.
      typeof whenAbsent === "boolean"
        ? whenAbsent
        : [whenAbsent, ...Object.keys(states).filter((state) => state !== whenAbsent)],
    ]),
  ) as unknown as Declarations,
);

/** The values of all claims: each is a boolean, or one string of a list. */
export type ProfileClaims = InferClaims<typeof profileClaims>;

/** The name of a claim, in the token and in the app. */
export type ProfileClaim = keyof ProfileClaims;

/** The names of the claims that are booleans. */
export type BooleanClaim = BooleanClaimOf<ProfileClaims>;
