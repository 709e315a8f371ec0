import type { Database } from "../lib/database.types.ts";
import type { Supabase } from "./createSupabaseClient.ts";
import { ProfileStoreError } from "./ProfileStoreError.ts";
import type { ProfileForm } from "./profileForm.ts";

const COLUMNS = "full_name,company,profile_complete,lifetime_subscriber";

/** The columns of a user's row that this app reads. */
export type Profile = Pick<
  Database["public"]["Tables"]["profiles"]["Row"],
  "full_name" | "company" | "profile_complete" | "lifetime_subscriber"
>;

/** The row of one user. Every method throws `ProfileStoreError` if Supabase fails or refuses. */
export interface OwnProfile {
  /** Reads the row, and makes it if it does not exist. */
  open(): Promise<Profile>;
  /** Saves the form. Returns the row with its new `profile_complete`. */
  save(form: ProfileForm): Promise<Profile>;
}

/**
 * Opens the row of one user, through a client that acts as the user. Row-level security limits the
 * client to that row, and the grants let it change only the columns of the form. So even a user who
 * changes the app's code cannot change more than this app does.
 */
export function ownProfile(supabase: Supabase, userId: string): OwnProfile {
  const profiles = () => supabase.from("profiles");

  // A user may insert, and may update the form's columns, but not both in one statement: an upsert
  // that merges would update kinde_id. Duplicates are ignored, so two tabs make one row.
  async function insert(doing: string): Promise<void> {
    const row = { kinde_id: userId };
    const answer = await profiles().upsert(row, { onConflict: "kinde_id", ignoreDuplicates: true });
    if (answer.error) throw new ProfileStoreError(doing, answer);
  }
  async function read(): Promise<Profile | null> {
    // supabase-js would retry for up to 7 s. Instead, the waiting page tries again by itself.
    const answer = await profiles()
      .select(COLUMNS)
      .eq("kinde_id", userId)
      .retry(false)
      .maybeSingle();
    if (answer.error) throw new ProfileStoreError(READING, answer);
    return answer.data;
  }
  async function update({ full_name, company }: ProfileForm): Promise<Profile | null> {
    const answer = await profiles()
      .update({ full_name, company })
      .eq("kinde_id", userId)
      .select(COLUMNS)
      .maybeSingle();
    if (answer.error) throw new ProfileStoreError(SAVING, answer);
    return answer.data;
  }
  /** Runs an action on the row. If the row does not exist, makes it and runs the action again. */
  async function withRow(doing: string, action: () => Promise<Profile | null>): Promise<Profile> {
    const done = await action();
    if (done) return done;
    await insert(doing);
    const doneNow = await action();
    if (doneNow) return doneNow;
    throw new ProfileStoreError(doing, { status: 404, error: null });
  }

  return {
    open: () => withRow(READING, read),
    save: (form) => withRow(SAVING, () => update(form)),
  };
}

const READING = "reading the profile";
const SAVING = "saving the profile";
