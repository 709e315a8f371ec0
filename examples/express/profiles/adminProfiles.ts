import { createSupabaseClient } from "./createSupabaseClient.ts";
import { ownProfile } from "./ownProfile.ts";
import { COLUMNS, type Profile, toProfile } from "./profile.ts";
import { storeErrorOf } from "./storeError.ts";

/** The rows of all users. Every method throws `ProfileStoreError` if Supabase fails or refuses. */
export interface AdminProfiles {
  /** Makes a user's row if it does not exist. An existing row stays as it is. */
  ensure(userId: string): Promise<void>;
  remove(userId: string): Promise<void>;
  /** Reads a user's row. @returns null if the user has no row */
  read(userId: string): Promise<Profile | null>;
  /** @returns null if the user has no row */
  setLifetimeSubscriber(userId: string, granted: boolean): Promise<Profile | null>;
  /** The rows written last, the newest first. */
  latest(count: number): Promise<Profile[]>;
}

/**
 * Creates the store for the back office, the webhooks and `confirmByRow`. The secret key bypasses
 * row-level security.
 */
export function createAdminProfiles(options: { url: string; secretKey: string }): AdminProfiles {
  const supabase = createSupabaseClient(options.url, options.secretKey);
  const profiles = () => supabase.from("profiles");

  return {
    ensure: (userId) => ownProfile(supabase, userId).ensure(),
    read: (userId) => ownProfile(supabase, userId).read(),
    async remove(userId) {
      const answer = await profiles().delete().eq("kinde_id", userId);
      if (answer.error) throw storeErrorOf("removing the profile", answer);
    },
    async setLifetimeSubscriber(userId, lifetime_subscriber) {
      const answer = await profiles()
        .update({ lifetime_subscriber })
        .eq("kinde_id", userId)
        .select(COLUMNS)
        .maybeSingle();
      if (answer.error) throw storeErrorOf("setting the subscription", answer);
      return answer.data === null ? null : toProfile(answer.data);
    },
    async latest(count) {
      const answer = await profiles()
        .select(COLUMNS)
        .order("updated_at", { ascending: false })
        .limit(count)
        .retry(false);
      if (answer.error) throw storeErrorOf("reading the profiles", answer);
      return answer.data.map(toProfile);
    },
  };
}
