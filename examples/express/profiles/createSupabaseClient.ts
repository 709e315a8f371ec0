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
 * Creates a client of the Supabase project. Each request may take 3 s, because a page waits for it.
 *
 * @param key the publishable key if `accessToken` is set, and otherwise a secret key
 * @param accessToken the token of the user whose rights apply, under row-level security
 */
export function createSupabaseClient(url: string, key: string, accessToken?: string): Supabase {
  return createClient<Database>(url, key, {
    ...(accessToken !== undefined && { accessToken: async () => accessToken }),
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket of its own, and createClient requires one, although the app
    // subscribes to nothing. (The cast is needed because the two packages type the events
    // differently.)
    realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }),
    },
  });
}
