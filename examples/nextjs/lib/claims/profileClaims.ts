import { defineClaims, type InferClaims } from "kinde-claims";

/** The claims that the app reads from an access token, each with its value when it is absent. */
export const profileClaims = defineClaims({ profile_complete: false, lifetime_subscriber: false });

export type ProfileClaims = InferClaims<typeof profileClaims>;
export type ProfileClaim = keyof ProfileClaims;
