import type { ProfileClaims } from "../tokens/readProfileClaims.ts";
import type { ProfileForm } from "./profileForm.ts";

/** A user's row: the form, and the two columns that become claims. */
export interface Profile extends ProfileForm, ProfileClaims {
  readonly kinde_id: string;
}

/** The database did not do as asked. The message is for the log, not for the user. */
export class ProfileStoreError extends Error {
  override name = "ProfileStoreError";
}

/**
 * A row as it came from Supabase, looked at.
 *
 * @throws ProfileStoreError if it is not as the migrations make it
 */
export function toProfile(row: Record<string, unknown>): Profile {
  const { kinde_id, full_name, company, lifetime_subscriber, profile_complete } = row;
  if (
    typeof kinde_id !== "string" ||
    typeof lifetime_subscriber !== "boolean" ||
    typeof profile_complete !== "boolean"
  ) {
    throw new ProfileStoreError("the profile's row is not as the migrations make it");
  }
  return {
    kinde_id,
    full_name: typeof full_name === "string" ? full_name : "",
    company: typeof company === "string" ? company : "",
    lifetime_subscriber,
    profile_complete,
  };
}
