import { createManagementClient } from "kinde-claims";
import { createRelay } from "kinde-claims/relay";
import { createSupabaseQueue } from "kinde-claims/supabase";
import type { LocalSupabase } from "../types.ts";
import type { ClaimChangeRelay, KindeAccess } from "./types.ts";

/** Starts the same worker as `npx kinde-claims relay`, in this process. */
export function startWorker({
  supabase,
  kinde,
  log,
}: {
  readonly supabase: Pick<LocalSupabase, "url" | "secretKey">;
  readonly kinde: KindeAccess;
  readonly log: (line: string) => void;
}): ClaimChangeRelay {
  const { url, secretKey } = supabase;
  const management = createManagementClient(kinde);
  const stopped = new AbortController();
  const relay = createRelay({
    queue: createSupabaseQueue({ url, secretKey }),
    refreshClaims: (userId, options) => management.refreshClaims(userId, options),
    log,
  });
  const running = relay.run({ signal: stopped.signal });
  return {
    runsOn: "Node",
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
}
