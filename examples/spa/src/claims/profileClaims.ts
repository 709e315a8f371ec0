import { defineClaims, type InferClaims } from "kinde-claims";

/** The claims that the workflow writes, with the value for a token that does not have them. */
export const profileClaims = defineClaims({
  profile_complete: false,
  lifetime_subscriber: false,
});

export type ProfileClaims = InferClaims<typeof profileClaims>;
export type ProfileClaim = keyof ProfileClaims;
