import { defineClaims, type InferClaims } from "kinde-claims";

/** The claims that the workflow writes, each with its value when a token does not have it. */
export const profileClaims = defineClaims({ profile_complete: false, lifetime_subscriber: false });

export type ProfileClaims = InferClaims<typeof profileClaims>;
export type ProfileClaim = keyof ProfileClaims;

/** What the pages say about each claim. */
export const CLAIM_TEXTS: Record<ProfileClaim, { label: string; on: string; off: string }> = {
  profile_complete: {
    label: "Profile",
    on: "The profile form is filled in.",
    off: "The profile form is not filled in.",
  },
  lifetime_subscriber: {
    label: "Lifetime subscription",
    on: "A lifetime subscription is on.",
    off: "There is no lifetime subscription.",
  },
};
