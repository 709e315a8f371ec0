import type { ConfirmClaim } from "kinde-claims/express";
import type { ProfileClaims } from "../profileClaims.ts";
import type { AdminProfiles } from "./adminProfiles.ts";

/**
 * Creates the function that reads a claim from the row, for guards that must see changes at once.
 */
export function confirmByRow(
  profiles: Pick<AdminProfiles, "read">,
  log: (line: string) => void,
): ConfirmClaim<ProfileClaims> {
  return async ({ userId, claim }) => {
    try {
      return (await profiles.read(userId))?.[claim];
    } catch (error) {
      log(`claim_unconfirmed claim=${claim} reason=${JSON.stringify(String(error))}`);
      throw error;
    }
  };
}
