import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Database } from "../lib/database.types.ts";
import type { Settings } from "../settings/readSettings.ts";

/** A client of the Supabase project, with the types of its tables. */
export type Supabase = SupabaseClient<Database>;

const LIMIT_MS = 5_000;

/**
 * Creates a client of the Supabase project that acts as a user, under row-level security.
 *
 * @param accessToken returns the user's access token from Kinde
 */
export function createSupabaseClient(
  { url, publishableKey }: Settings["supabase"],
  accessToken: () => Promise<string>,
): Supabase {
  return createClient<Database>(url, publishableKey, {
    accessToken,
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }),
    },
  });
}
