import type { Database } from "../../database.types.ts";
import type { ProfileForm } from "../../profileForm.ts";
import { createSupabase } from "./createSupabase.ts";
import { storeErrorOf } from "./ProfileStoreError.ts";

/** The columns of a user's row that the pages use. */
export type Profile = Pick<
  Database["public"]["Tables"]["profiles"]["Row"],
  "full_name" | "company" | "profile_complete" | "lifetime_subscriber"
>;

const COLUMNS = "full_name,company,profile_complete,lifetime_subscriber";
const SAVING = "saving the profile";

/**
 * Opens the row of a signed-in user with the user's own access token and the publishable key.
 * Row-level security limits the client to that row, and the grants let it change only the columns
 * of the form.
 *
 * Every method throws `ProfileStoreError` if Supabase fails or refuses.
 */
export function openProfile(user: { readonly id: string; readonly accessToken: string }) {
  const profiles = () => createSupabase(user.accessToken).from("profiles");

  // A user may insert, and may update the form's columns, but not both in one statement. Duplicates
  // are ignored, so two requests at the same time make one row.
  async function insert(doing: string, form: Partial<ProfileForm>): Promise<void> {
    const row = { kinde_id: user.id, ...form };
    const answer = await profiles().upsert(row, { onConflict: "kinde_id", ignoreDuplicates: true });
    if (answer.error) throw storeErrorOf(doing, answer);
  }
  async function update(form: ProfileForm): Promise<Profile | null> {
    const answer = await profiles()
      .update(form)
      .eq("kinde_id", user.id)
      .select(COLUMNS)
      .maybeSingle();
    if (answer.error) throw storeErrorOf(SAVING, answer);
    return answer.data;
  }

  return {
    /** Makes the row if it does not exist. An existing row stays as it is. */
    ensure: () => insert("making the profile", {}),
    /**
     * Reads the row. Returns null if the user has no row. A failed read is not repeated, because a
     * page waits and can be loaded again.
     */
    async read(): Promise<Profile | null> {
      const answer = await profiles()
        .select(COLUMNS)
        .eq("kinde_id", user.id)
        .retry(false)
        .maybeSingle();
      if (answer.error) throw storeErrorOf("reading the profile", answer);
      return answer.data;
    },
    /** Saves the form, and makes the row if necessary. Returns the row as it is now. */
    async save(form: ProfileForm): Promise<Profile> {
      const saved = await update(form);
      if (saved) return saved;
      await insert(SAVING, form);
      // Meanwhile another request may have made the row, with other values.
      const made = await update(form);
      if (made) return made;
      throw storeErrorOf(SAVING, { status: 404, error: null });
    },
  };
}
