import {
  createClient,
  type SupabaseClient,
  type WebSocketLikeConstructor,
} from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "@/lib/database.types";
import { settings } from "@/lib/settings";

/** How long one request may take. The limit is short, because a page waits for the answer. */
const TIMEOUT_MS = 3_000;

/** Creates a Supabase client that has the rights of one user, under row-level security. */
export function createSupabaseClient(accessToken: string): SupabaseClient<Database> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = settings();
  return createClient<Database>(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    accessToken: async () => accessToken,
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket, and createClient requires one, although the app subscribes to
    // nothing.
    realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor },
    global: {
      fetch: (input, init) =>
        fetch(input, { ...init, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) }),
    },
  });
}
