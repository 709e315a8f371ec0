import type { ClaimChangeQueue } from "../relay/types.ts";
import { createFunctionCalls } from "./createFunctionCalls.ts";
import { readClaimChanges } from "./readClaimChanges.ts";
import type { SupabaseOptions } from "./types.ts";

/** How long messages stay invisible after they were taken, as `ClaimChangeQueue` requires. */
const HIDDEN_SECONDS = 30;
/** The database ends every statement of the Data API after 8 seconds. */
const LONGEST_WAIT_SECONDS = 7;

/**
 * Creates the queue of claim changes in a Supabase project, for `createRelay`. The database
 * functions that it calls, `take_claim_changes`, `wait_for_claim_changes` and
 * `settle_claim_changes`, take messages from a Supabase Queue and settle them. Its methods throw
 * `RequestError`, whose message holds neither the key nor a user id.
 *
 * @example
 * ```ts
 * import { createManagementClient } from "kinde-claims";
 * import { createRelay } from "kinde-claims/relay";
 * import { createSupabaseQueue } from "kinde-claims/supabase";
 *
 * const management = createManagementClient({
 *   domain: "https://example.kinde.com",
 *   clientId: "client id of a machine-to-machine application",
 *   clientSecret: "its secret, from the environment",
 * });
 * const relay = createRelay({
 *   queue: createSupabaseQueue({
 *     url: "https://abcdefghijklmnopqrst.supabase.co",
 *     secretKey: "sb_secret_…, from the environment",
 *   }),
 *   refreshClaims: management.refreshClaims,
 * });
 *
 * export const tellKinde = () => relay.drain({ limitMs: 20_000 });
 * ```
 */
export function createSupabaseQueue(options: SupabaseOptions): ClaimChangeQueue {
  const functions = createFunctionCalls(options, "createSupabaseQueue");

  return {
    async take({ quantity, waitSeconds, signal }) {
      const wait_seconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(waitSeconds));
      const name = wait_seconds > 0 ? "wait_for_claim_changes" : "take_claim_changes";
      const answer = await functions.call(
        name,
        {
          quantity,
          hidden_seconds: HIDDEN_SECONDS,
          ...(wait_seconds > 0 && { wait_seconds }),
        },
        { signal, waitMs: Math.max(0, wait_seconds) * 1000 },
      );
      const changes = readClaimChanges(answer);
      if (changes === undefined) throw functions.unknownAnswer(name);
      return changes;
    },
    async settle({ done, retry, dead }) {
      await functions.call("settle_claim_changes", {
        done: done.map(Number),
        retry: retry.map(({ id, afterSeconds }) => ({
          message_id: Number(id),
          after_seconds: Math.ceil(afterSeconds),
        })),
        dead: dead.map(Number),
      });
    },
  };
}
