import type { ProfileClaim } from "@/lib/claims/profileClaims";

interface ClaimTexts {
  readonly label: string;
  /** What the account has when the claim is true. */
  readonly whenTrue: string;
  readonly whenFalse: string;
  /** What a user must do to get access. The API sends it when it refuses a request. */
  readonly toGetIt: string;
}

/** The texts about each claim, for users. */
export const CLAIM_TEXTS: Readonly<Record<ProfileClaim, ClaimTexts>> = {
  profile_complete: {
    label: "Profile",
    whenTrue: "The profile form is filled in.",
    whenFalse: "The profile form is not filled in.",
    toGetIt: "Fill in the profile form, then fetch a new access token.",
  },
  lifetime_subscriber: {
    label: "Lifetime subscription",
    whenTrue: "A lifetime subscription is on.",
    whenFalse: "There is no lifetime subscription.",
    toGetIt: "This is for lifetime subscribers. After subscribing, fetch a new access token.",
  },
};
