import {
  createClient,
  type SupabaseClient,
  type WebSocketLikeConstructor,
} from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "../../database.types.ts";
import { settings } from "../settings.ts";

/** How long one request may take. The limit is short, because a page waits for the answer. */
const LIMIT_MS = 3_000;

/** Creates a client that has the rights of one user, under row-level security. */
export function createSupabase(accessToken: string): SupabaseClient<Database> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = settings();
  return createClient<Database>(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    accessToken: async () => accessToken,
    // Node 20 has no WebSocket of its own, and createClient requires one, although the app
    // subscribes to nothing. (The cast is needed because the two packages type the events
    // differently.)
    realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }),
    },
  });
}
