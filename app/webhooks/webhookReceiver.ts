import express, { Router } from "express";
import { sendProblem } from "../guards/problem.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { type KindeEvent, userIdOf, type VerifyWebhook, WebhookRefused } from "./verifyWebhook.ts";
import type { WebhookMemory } from "./webhookMemory.ts";

export interface WebhookReceiverOptions {
  readonly verify: VerifyWebhook;
  readonly store: ProfileStore;
  readonly memory: WebhookMemory;
  readonly log: (line: string) => void;
}

/**
 * Receives Kinde's webhooks: `user.created` makes the row, `user.deleted` deletes it, in whatever
 * order they come. 204: done, or nothing to do. 400: no event of this Kinde. 503: try again, Kinde
 * does.
 */
export function webhookReceiver({ verify, store, memory, log }: WebhookReceiverOptions): Router {
  const underWay = new Map<string, Promise<void>>();

  async function handle(event: KindeEvent): Promise<void> {
    if (event.type === "user.deleted") {
      const userId = userIdOf(event);
      // First the mark: a user.created that is on its way must find it.
      await memory.markDeleted(userId);
      await store.remove(userId);
    } else if (event.type === "user.created") {
      const userId = userIdOf(event);
      if (await memory.wasDeleted(userId)) return;
      await store.ensure(userId);
      // It may have been deleted meanwhile.
      if (await memory.wasDeleted(userId)) await store.remove(userId);
    }
  }

  async function handleOnce(deliveryId: string, event: KindeEvent): Promise<void> {
    if (await memory.wasHandled(deliveryId)) return;
    await handle(event);
    // Only now: what has failed is to be tried again.
    await memory.markHandled(deliveryId);
  }

  return Router().post(
    "/",
    express.text({ type: "application/jwt", limit: "64kb" }),
    async (req, res) => {
      try {
        if (typeof req.body !== "string") throw new WebhookRefused("it is not application/jwt");
        const event = await verify(req.body);
        const deliveryId = req.get("webhook-id") || event.eventId;
        // Two deliveries of one event at once are one piece of work.
        let work = underWay.get(deliveryId);
        if (!work) {
          work = handleOnce(deliveryId, event).finally(() => underWay.delete(deliveryId));
          underWay.set(deliveryId, work);
        }
        await work;
        res.sendStatus(204);
      } catch (error) {
        const refused = error instanceof WebhookRefused;
        const reason = error instanceof Error ? error.message : String(error);
        log(`webhook ${refused ? "refused" : "failed"}: ${reason}`);
        sendProblem(res, {
          status: refused ? 400 : 503,
          kind: refused ? "webhook-refused" : "webhook-failed",
          title: refused
            ? "This is no webhook of the Kinde tenant"
            : "The event could not be handled",
          detail: refused ? `The body was refused: ${reason}.` : "Send it again later.",
        });
      }
    },
  );
}
