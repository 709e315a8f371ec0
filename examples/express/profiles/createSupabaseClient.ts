import {
  createClient,
  type SupabaseClient,
  type WebSocketLikeConstructor,
} from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "../../../supabase/database.types.ts";

/** The Supabase project, with the types of its tables. */
export type Supabase = SupabaseClient<Database>;

const LIMIT_MS = 3_000;

/**
 * Creates a client of the Supabase project. Each request may take 3 s: a page waits for it.
 *
 * @param key the publishable key with a user's token; a secret key without one
 * @param accessToken the user whose rights count, under row-level security
 */
export function createSupabaseClient(url: string, key: string, accessToken?: string): Supabase {
  return createClient<Database>(url, key, {
    ...(accessToken !== undefined && { accessToken: async () => accessToken }),
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket of its own, and createClient wants one though nothing is subscribed.
    // (The two packages type the events differently.)
    realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }),
    },
  });
}
