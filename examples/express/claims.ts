import type { PROFILE_CLAIMS } from "../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import type { ClaimTableFor } from "./claimTypes.ts";

/**
 * What the app knows about each claim that the workflow writes. Everything else derives from this
 * table: the types, the columns read, the cards shown, what a fresh token is compared with. A claim
 * that is missing here or unknown to the workflow is a compile error in this file.
 */
export const CLAIMS = {
  profile_complete: {
    column: "profile_complete",
    whenAbsent: false,
    label: "Profile",
    states: {
      true: "The profile form is filled in.",
      false: "The profile form is not filled in.",
    },
    toGetIt: "Fill in the profile form, then fetch a new access token.",
  },
  lifetime_subscriber: {
    column: "lifetime_subscriber",
    whenAbsent: false,
    label: "Lifetime subscription",
    states: {
      true: "A lifetime subscription is on.",
      false: "There is no lifetime subscription.",
    },
    toGetIt: "This is for lifetime subscribers. After subscribing, fetch a new access token.",
  },
} as const satisfies ClaimTableFor<typeof PROFILE_CLAIMS>;
