import { randomUUID } from "node:crypto";
import type { Deliveries } from "kinde-claims";
import { createSupabaseClient } from "../profiles/createSupabaseClient.ts";
import { ProfileStoreError } from "../profiles/storeError.ts";

const STATES = ["new", "busy", "done"] as const;

/** The database failed, or refused a request. The message holds no id and no key. */
export class DeliveriesError extends ProfileStoreError {
  override name = "DeliveriesError";
}

/**
 * Remembers webhook events and deleted users in the project's database: all instances of the app
 * share them, and a restart forgets nothing. See "Webhook deliveries" in `supabase/README.md`.
 *
 * Every method throws `DeliveriesError` if Supabase refuses, does not answer within 3 s, or returns
 * an unknown value. The webhook is then answered with 503, and Kinde sends it again.
 *
 * @param secretKey a secret key of the project: for the server only
 */
export function createDatabaseDeliveries({
  url,
  secretKey,
}: {
  url: string;
  secretKey: string;
}): Deliveries {
  const supabase = createSupabaseClient(url, secretKey);
  /** Identifies this instance, which can give up only the events that it is processing. */
  const claimant = randomUUID();

  return {
    async begin(event_id) {
      const { data, error } = await supabase.rpc("begin_webhook_delivery", { event_id, claimant });
      if (error) throw refused("Claiming the event", error);
      const state = STATES.find((known) => known === data);
      if (state === undefined) throw new DeliveriesError("Claiming the event: unknown answer.");
      return state;
    },
    async finish(event_id) {
      const { error } = await supabase.rpc("finish_webhook_delivery", { event_id, claimant });
      if (error) throw refused("Recording that the event was processed", error);
    },
    async abandon(event_id) {
      const { error } = await supabase.rpc("abandon_webhook_delivery", { event_id, claimant });
      if (error) throw refused("Giving up the event", error);
    },
    async markUserDeleted(user_id) {
      const { error } = await supabase.rpc("mark_user_deleted", { user_id });
      if (error) throw refused("Remembering the deleted user", error);
    },
    async isUserDeleted(user_id) {
      const { data, error } = await supabase.rpc("is_user_deleted", { user_id });
      if (error) throw refused("Asking whether the user was deleted", error);
      // Anything but a boolean must not count as "not deleted".
      if (typeof data !== "boolean") {
        throw new DeliveriesError("Asking whether the user was deleted: unknown answer.");
      }
      return data;
    },
  };
}

/** Shows only the code, because messages and details can hold the id. */
function refused(doing: string, error: { code?: string }): DeliveriesError {
  const hint =
    error.code === "PGRST202" ? " Push the migrations: npx supabase db push --remote." : "";
  return new DeliveriesError(`${doing} failed (${error.code || "no answer"}).${hint}`);
}
