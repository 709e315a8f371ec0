import type { User } from "../kinde/readUser.ts";
import { log } from "../log.ts";
import { failWith } from "../web/failWith.ts";
import { openProfile, type Profile } from "./openProfile.ts";
import { ProfileStoreError, TokenNotAcceptedError } from "./ProfileStoreError.ts";

/** Reads the row for a page that needs it. If that fails, an error page says why. */
export async function readProfile(user: User): Promise<Profile | null> {
  try {
    return await openProfile(user).read();
  } catch (error) {
    return failWithStoreError(error);
  }
}

/** Reads the row for a page that works without it. Undefined if the row cannot be read. */
export async function readProfileIfPossible(user: User): Promise<Profile | null | undefined> {
  try {
    return await openProfile(user).read();
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    log("profile unreadable", error);
    return undefined;
  }
}

/** Answers with the page for an error of Supabase. */
export function failWithStoreError(error: unknown): never {
  if (!(error instanceof ProfileStoreError)) throw error;
  const isSetUp = error instanceof TokenNotAcceptedError;
  log(isSetUp ? "token_not_accepted" : "profile unreadable", error);
  return isSetUp ? failWith(502, "TOKEN_NOT_ACCEPTED") : failWith(503, "PROFILE_UNREADABLE");
}
