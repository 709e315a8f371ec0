import { CLAIMS } from "../claims.ts";

type Table = typeof CLAIMS;

/** The name of a claim, in the token and in the app. */
export type ProfileClaim = keyof Table;

/** The values of all claims: a boolean, or one text of a list. */
export type ProfileClaims = {
  readonly [Name in ProfileClaim]: ValueOf<keyof Table[Name]["states"]>;
};
type ValueOf<State> = "true" extends State ? boolean : State;

/** The claims that are booleans: a guard needs no more than their name. */
export type BooleanClaim = {
  [Name in ProfileClaim]: ProfileClaims[Name] extends boolean ? Name : never;
}[ProfileClaim];

/** The names of all claims, in the order in which the app shows them. */
export const CLAIM_NAMES = Object.keys(CLAIMS) as ProfileClaim[];

/**
 * Reads the profile claims of a verified token, or of a profile. A claim counts only as the workflow
 * writes it: one that is absent, `"true"`, `1` or a text outside its list has its value for absent.
 */
export function readProfileClaims(
  claims: Readonly<Record<string, unknown>> | Partial<ProfileClaims>,
): ProfileClaims {
  const given: Readonly<Record<string, unknown>> = claims;
  const values = CLAIM_NAMES.map((name) => {
    const { whenAbsent, states } = CLAIMS[name];
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isKnown = typeof value === typeof whenAbsent && Object.hasOwn(states, String(value));
    return [name, isKnown ? value : whenAbsent];
  });
  return Object.fromEntries(values) as ProfileClaims;
}

/** Whether two readings of the claims agree. */
export function sameClaims(a: ProfileClaims, b: ProfileClaims): boolean {
  return CLAIM_NAMES.every((name) => a[name] === b[name]);
}
