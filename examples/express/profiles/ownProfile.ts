import { decodeJwt } from "jose";
import { createSupabaseClient, type Supabase } from "./createSupabaseClient.ts";
import { COLUMNS, type Profile, toProfile } from "./profile.ts";
import type { ProfileForm } from "./profileForm.ts";
import { storeErrorOf } from "./storeError.ts";

/** The row of one user. Every method throws `ProfileStoreError` if Supabase fails or refuses. */
export interface OwnProfile {
  /** Makes the row if it does not exist. An existing row stays as it is. */
  ensure(): Promise<void>;
  /** Reads the row. Returns null if the user has no row. */
  read(): Promise<Profile | null>;
  /**
   * Saves the form, and makes the row if necessary. Returns the row with its new
   * `profile_complete`.
   */
  save(form: ProfileForm): Promise<Profile>;
}

/** A user, with the access token that opens the user's row. */
export interface ProfileOwner {
  readonly id: string;
  readonly accessToken: string;
}

/** Opens the row of a signed-in user. */
export type OpenProfile = (owner: ProfileOwner) => OwnProfile;

/**
 * Creates the function that opens a user's row with the user's own access token and the publishable
 * key. With them, row-level security opens only that row, and the table's column rights allow
 * changes only to the columns of the form: see `docs/supabase-third-party-auth.md`.
 */
export function createOpenProfile(options: { url: string; publishableKey: string }): OpenProfile {
  const { url, publishableKey } = options;
  return ({ id, accessToken }) => {
    const expiresAt = (decodeJwt(accessToken).exp ?? 0) * 1000;
    return ownProfile(createSupabaseClient(url, publishableKey, accessToken), id, { expiresAt });
  };
}

/**
 * Opens the row of one user through a client that has access to it.
 *
 * Reads are not retried. supabase-js would retry them for up to 7 s, but a page is waiting, and
 * loads itself again.
 *
 * @param token the time at which the user's token expires, if the client has a user's token
 */
export function ownProfile(
  supabase: Supabase,
  userId: string,
  token?: { readonly expiresAt: number },
): OwnProfile {
  const profiles = () => supabase.from("profiles");

  // A user may insert, and may update the form's columns, but not both in one statement: an upsert
  // that merges would update kinde_id. Duplicates are ignored, so requests at the same time make
  // one row.
  async function insert(doing: string, form: Partial<ProfileForm>): Promise<void> {
    const row = { kinde_id: userId, ...form };
    const answer = await profiles().upsert(row, { onConflict: "kinde_id", ignoreDuplicates: true });
    if (answer.error) throw storeErrorOf(doing, answer, token);
  }
  async function update(form: ProfileForm): Promise<Profile | null> {
    const answer = await profiles()
      .update({ full_name: form.full_name, company: form.company })
      .eq("kinde_id", userId)
      .select(COLUMNS)
      .maybeSingle();
    if (answer.error) throw storeErrorOf(SAVING, answer, token);
    return answer.data === null ? null : toProfile(answer.data);
  }

  return {
    ensure: () => insert("making the profile", {}),
    async read() {
      const answer = await profiles()
        .select(COLUMNS)
        .eq("kinde_id", userId)
        .retry(false)
        .maybeSingle();
      if (answer.error) throw storeErrorOf("reading the profile", answer, token);
      return answer.data === null ? null : toProfile(answer.data);
    },
    async save({ full_name, company }) {
      const form = { full_name, company };
      const saved = await update(form);
      if (saved) return saved;
      await insert(SAVING, form);
      // Another request may have made the row with another form meanwhile.
      const made = await update(form);
      if (made) return made;
      throw storeErrorOf(SAVING, { status: 404, error: null }, token);
    },
  };
}

const SAVING = "saving the profile";
