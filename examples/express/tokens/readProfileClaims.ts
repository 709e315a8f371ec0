import type { ProfileClaims } from "../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";

export type { ProfileClaims };
export type ProfileClaim = keyof ProfileClaims;

/**
 * The profile claims of a checked token. Only the boolean `true` grants: a claim that is absent,
 * `"true"` or `1` was not written by the workflow as it is, and counts as false.
 */
export function readProfileClaims(claims: Readonly<Record<string, unknown>>): ProfileClaims {
  return {
    lifetime_subscriber: claims.lifetime_subscriber === true,
    profile_complete: claims.profile_complete === true,
  };
}

/** Whether two readings of the claims agree. */
export function sameClaims(a: ProfileClaims, b: ProfileClaims): boolean {
  return (
    a.lifetime_subscriber === b.lifetime_subscriber && a.profile_complete === b.profile_complete
  );
}
