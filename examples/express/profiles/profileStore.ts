import { createClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "../../../supabase/database.types.ts";
import { COLUMNS, type Profile, ProfileStoreError, toProfile } from "./profile.ts";
import type { ProfileForm } from "./profileForm.ts";
import { readOnlyStore } from "./readOnlyStore.ts";

export interface ProfileStore {
  /** Makes the row if there is none; the one there is stays as it is. */
  ensure(userId: string): Promise<void>;
  /** The row, or null. */
  read(userId: string): Promise<Profile | null>;
  /** Saves the form, making the row if need be. The row comes back with `profile_complete` anew. */
  saveForm(userId: string, form: ProfileForm): Promise<Profile>;
  /** @returns null if there is no such row */
  setLifetimeSubscriber(userId: string, granted: boolean): Promise<Profile | null>;
  remove(userId: string): Promise<void>;
  /** The rows written last, the newest first. */
  latest(count: number): Promise<Profile[]>;
}

const LIMIT_MS = 3_000;

/**
 * The profiles in Supabase, read and written with a secret key: for the server only. Every method
 * throws `ProfileStoreError` when Supabase refuses, does not answer within 3 s, or answers oddly.
 * Reads are not retried, which supabase-js would do for up to 7 s: a page is waiting, and asks again.
 */
export function createProfileStore(options: {
  url: string;
  secretKey: string;
  /** Refuses to change rows. See `readOnlyStore`. */
  readOnly?: boolean | undefined;
}): ProfileStore {
  const supabase = createClient<Database>(options.url, options.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket of its own, and createClient wants one though nothing is subscribed.
    // (The two packages type the events differently.)
    realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }),
    },
  });
  const profiles = () => supabase.from("profiles");

  const store: ProfileStore = {
    async ensure(userId) {
      const { error } = await profiles().upsert(
        { kinde_id: userId },
        { onConflict: "kinde_id", ignoreDuplicates: true },
      );
      if (error) throw refused("making the profile", error);
    },
    async read(userId) {
      const { data, error } = await profiles()
        .select(COLUMNS)
        .eq("kinde_id", userId)
        .retry(false)
        .maybeSingle();
      if (error) throw refused("reading the profile", error);
      return data === null ? null : toProfile(data);
    },
    async saveForm(userId, { full_name, company }) {
      const { data, error } = await profiles()
        .upsert({ kinde_id: userId, full_name, company }, { onConflict: "kinde_id" })
        .select(COLUMNS)
        .single();
      if (error) throw refused("saving the profile", error);
      return toProfile(data);
    },
    async setLifetimeSubscriber(userId, lifetime_subscriber) {
      const { data, error } = await profiles()
        .update({ lifetime_subscriber })
        .eq("kinde_id", userId)
        .select(COLUMNS)
        .maybeSingle();
      if (error) throw refused("setting the subscription", error);
      return data === null ? null : toProfile(data);
    },
    async remove(userId) {
      const { error } = await profiles().delete().eq("kinde_id", userId);
      if (error) throw refused("removing the profile", error);
    },
    async latest(count) {
      const { data, error } = await profiles()
        .select(COLUMNS)
        .order("updated_at", { ascending: false })
        .limit(count)
        .retry(false);
      if (error) throw refused("reading the profiles", error);
      return data.map(toProfile);
    },
  };
  return options.readOnly ? readOnlyStore(store) : store;
}

/** The code alone: messages and details can hold what the user typed. */
function refused(doing: string, error: { code?: string }): ProfileStoreError {
  return new ProfileStoreError(`${doing} failed (${error.code || "no answer"})`);
}
