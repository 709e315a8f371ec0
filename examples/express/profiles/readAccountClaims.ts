import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import type { OwnProfile } from "./ownProfile.ts";
import { ProfileStoreError } from "./storeError.ts";

/**
 * Reads a user's claims from the database, for a page that also works without them. For a user who
 * has no row yet, every claim has its value `whenAbsent`.
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
