import { lazy } from "../options/lazy.ts";
import type { Deliveries } from "../webhooks/Deliveries.ts";
import { createFunctionCalls } from "./createFunctionCalls.ts";
import type { SupabaseOptions } from "./types.ts";

const STATES = ["new", "busy", "done"] as const;

/**
 * Creates `Deliveries` that remember webhook events and deleted users in a Supabase project, for
 * `createWebhookHandler`. All instances of an app share this memory, and it survives a restart. The
 * methods call the database functions `begin_webhook_delivery`, `finish_webhook_delivery`,
 * `abandon_webhook_delivery`, `mark_user_deleted` and `is_user_deleted`. They throw `RequestError`;
 * the webhook is then answered with 503, and Kinde sends it again.
 *
 * @example
 * ```ts
 * import { createWebhookHandler } from "kinde-claims";
 * import { createSupabaseDeliveries } from "kinde-claims/supabase";
 *
 * export const POST = createWebhookHandler({
 *   issuer: "https://example.kinde.com",
 *   deliveries: createSupabaseDeliveries({
 *     url: "https://abcdefghijklmnopqrst.supabase.co",
 *     secretKey: "sb_secret_…, from the environment",
 *   }),
 *   onUserCreated: (user) => console.log(`created ${user.id.slice(0, 6)}…`),
 *   onUserDeleted: (user) => console.log(`deleted ${user.id.slice(0, 6)}…`),
 * });
 * ```
 */
export function createSupabaseDeliveries(options: SupabaseOptions): Deliveries {
  const { call, unknownAnswer } = createFunctionCalls(options, "createSupabaseDeliveries");
  /** Identifies this instance, so that it releases only events that it began itself. */
  const claimant = lazy(() => crypto.randomUUID());

  return {
    async begin(event_id) {
      const answer = await call("begin_webhook_delivery", { event_id, claimant: claimant() });
      const state = STATES.find((known) => known === answer);
      if (state === undefined) throw unknownAnswer("begin_webhook_delivery");
      return state;
    },
    async finish(event_id) {
      await call("finish_webhook_delivery", { event_id, claimant: claimant() });
    },
    async abandon(event_id) {
      await call("abandon_webhook_delivery", { event_id, claimant: claimant() });
    },
    async markUserDeleted(user_id) {
      await call("mark_user_deleted", { user_id });
    },
    async isUserDeleted(user_id) {
      const answer = await call("is_user_deleted", { user_id });
      // An answer that is not a boolean must not count as "not deleted".
      if (typeof answer !== "boolean") throw unknownAnswer("is_user_deleted");
      return answer;
    },
  };
}
