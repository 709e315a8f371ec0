import type { Database } from "../lib/database.types.ts";
import type { Supabase } from "./createSupabaseClient.ts";
import { ProfileStoreError } from "./ProfileStoreError.ts";
import type { ProfileForm } from "./profileForm.ts";

const COLUMNS = "full_name,company,profile_complete,lifetime_subscriber";

/** A user's row, as far as this app needs it. */
export type Profile = Pick<
  Database["public"]["Tables"]["profiles"]["Row"],
  "full_name" | "company" | "profile_complete" | "lifetime_subscriber"
>;

/** The row of one user. Every method throws `ProfileStoreError` if Supabase fails or refuses. */
export interface OwnProfile {
  /** Reads the row. The first visit makes it. */
  open(): Promise<Profile>;
  /** Saves the form. Returns the row with its new `profile_complete`. */
  save(form: ProfileForm): Promise<Profile>;
}

/**
 * The row of one user, through a client that acts as the user. Row-level security limits it to that
 * row, and to the columns of the form for writing: a changed app cannot do more than this one.
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
    // supabase-js would retry for up to 7 s. The page that waits asks again instead.
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
  /** Does something with the row, and makes the row first if it does not exist. */
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
