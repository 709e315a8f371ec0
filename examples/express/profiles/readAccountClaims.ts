import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import type { OwnProfile } from "./ownProfile.ts";
import { ProfileStoreError } from "./storeError.ts";

/**
 * Reads what the database says of a user's claims, for a page that works without. A user who has no
 * row yet has every claim at its value for absent.
 *
 * @returns undefined if the database could not be read; the reason is in the log
 */
export async function readAccountClaims(
  profile: OwnProfile,
  log: (line: string) => void,
): Promise<ProfileClaims | undefined> {
  try {
    return profileClaims.read((await profile.read()) ?? {});
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    log(`account_claims unreadable reason=${JSON.stringify(error.message)}`);
    return undefined;
  }
}
