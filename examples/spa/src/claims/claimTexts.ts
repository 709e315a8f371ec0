import type { ProfileClaim } from "./profileClaims.ts";

interface ClaimTexts {
  /** The name of the claim on the pages. */
  readonly label: string;
  readonly whenTrue: string;
  readonly whenFalse: string;
}

export const CLAIM_TEXTS: Readonly<Record<ProfileClaim, ClaimTexts>> = {
  profile_complete: {
    label: "Profile",
    whenTrue: "The profile form is filled in.",
    whenFalse: "The profile form is not filled in.",
  },
  lifetime_subscriber: {
    label: "Lifetime subscription",
    whenTrue: "A lifetime subscription is on.",
    whenFalse: "There is no lifetime subscription.",
  },
};
