import type { User } from "@/lib/auth/visitor";
import type { Database } from "@/lib/database.types";
import { createSupabaseClient } from "@/lib/profiles/createSupabaseClient";
import type { ProfileForm } from "@/lib/profiles/profileForm";
import { ProfileStoreError } from "@/lib/profiles/ProfileStoreError";

const COLUMNS = "full_name,company,profile_complete,lifetime_subscriber";

type Row = Database["public"]["Tables"]["profiles"]["Row"];
/** The columns of the user's row that the app reads. */
export type Profile = Pick<
  Row,
  "full_name" | "company" | "profile_complete" | "lifetime_subscriber"
>;

type Owner = Pick<User, "userId" | "accessToken">;

/** Makes the user's row if it does not exist. An existing row stays as it is. */
export async function ensureProfile(owner: Owner): Promise<void> {
  await insert("making the profile", owner, {});
}

/**
 * Reads the user's row, without a retry. supabase-js would retry for up to 7 s, but a page waits.
 *
 * @returns null if the user has no row yet
 */
export async function readProfile({ userId, accessToken }: Owner): Promise<Profile | null> {
  const answer = await createSupabaseClient(accessToken)
    .from("profiles")
    .select(COLUMNS)
    .eq("kinde_id", userId)
    .retry(false)
    .maybeSingle();
  if (answer.error) throw new ProfileStoreError("reading the profile", answer);
  return answer.data;
}

/**
 * Saves the form, and makes the row if necessary.
 *
 * @returns the row with its new `profile_complete`
 */
export async function saveProfile(owner: Owner, form: ProfileForm): Promise<Profile> {
  const saved = await update(owner, form);
  if (saved) return saved;
  await insert("saving the profile", owner, form);
  // Meanwhile another request may have made the row, with other values.
  const made = await update(owner, form);
  if (made) return made;
  throw new ProfileStoreError("saving the profile", { status: 404, error: null });
}

async function update({ userId, accessToken }: Owner, form: ProfileForm): Promise<Profile | null> {
  const answer = await createSupabaseClient(accessToken)
    .from("profiles")
    .update(form)
    .eq("kinde_id", userId)
    .select(COLUMNS)
    .maybeSingle();
  if (answer.error) throw new ProfileStoreError("saving the profile", answer);
  return answer.data;
}

/**
 * Inserts the row, or leaves an existing row unchanged. An upsert that merges would also update
 * `kinde_id`, but a user may only update the columns of the form.
 */
async function insert(doing: string, owner: Owner, form: Partial<ProfileForm>): Promise<void> {
  const answer = await createSupabaseClient(owner.accessToken)
    .from("profiles")
    .upsert(
      { kinde_id: owner.userId, ...form },
      { onConflict: "kinde_id", ignoreDuplicates: true },
    );
  if (answer.error) throw new ProfileStoreError(doing, answer);
}
