import { cache } from "react";
import type { User } from "@/lib/auth/visitor";
import { type ProfileClaims, profileClaims } from "@/lib/claims/profileClaims";
import { readProfile } from "@/lib/profiles/ownProfile";
import { ProfileStoreError } from "@/lib/profiles/ProfileStoreError";

/** What the pages show from the user's row. */
export interface Account {
  readonly claims: ProfileClaims;
  readonly company: string;
}

/**
 * Reads the row for a page that works without it.
 *
 * @returns undefined if the row cannot be read; the reason is in the log
 */
export const readAccount = cache(async (user: User): Promise<Account | undefined> => {
  try {
    const row = await readProfile(user);
    return { claims: profileClaims.read(row ?? {}), company: row?.company ?? "" };
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    console.error(`account unreadable reason=${JSON.stringify(error.message)}`);
    return undefined;
  }
});
