import type { PROFILE_CLAIMS } from "../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import type { ClaimTableFor } from "./claimTypes.ts";

/**
 * The app's table of the claims that the workflow writes. The types, the columns that the app
 * reads, the cards that it shows and the claims that it expects in a fresh token all derive from
 * this table. A claim that is missing here, or that the workflow does not write, is a compile error
 * in this file.
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
