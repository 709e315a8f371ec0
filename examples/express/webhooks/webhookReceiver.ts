import express, { type ErrorRequestHandler, Router } from "express";
import { sendProblem } from "../guards/problem.ts";
import { keepDeletedOut } from "../profiles/keepDeletedOut.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { type KindeEvent, userIdOf, type VerifyWebhook, WebhookRefused } from "./verifyWebhook.ts";
import type { WebhookMemory } from "./webhookMemory.ts";

export interface WebhookReceiverOptions {
  readonly verify: VerifyWebhook;
  readonly store: ProfileStore;
  readonly memory: WebhookMemory;
  /** Ends what a user who was deleted still has: the sessions. */
  readonly onDeleted?: (userId: string) => void | Promise<void>;
  readonly log: (line: string) => void;
}

/**
 * Receives Kinde's webhooks: `user.created` makes the row, `user.deleted` deletes it, in whatever
 * order they come. 204: done, or nothing to do. 400: no event of this Kinde. 503: try again, Kinde
 * does.
 */
export function webhookReceiver(options: WebhookReceiverOptions): Router {
  const { verify, memory, log } = options;
  const store = keepDeletedOut(options.store, memory.wasDeleted);
  const underWay = new Map<string, Promise<void>>();

  async function handle(event: KindeEvent): Promise<void> {
    if (event.type === "user.deleted") {
      const userId = userIdOf(event);
      // First the mark: a user.created that is on its way must find it.
      await memory.markDeleted(userId);
      await options.onDeleted?.(userId);
      await store.remove(userId);
    } else if (event.type === "user.created") {
      await store.ensure(userIdOf(event));
    }
  }

  async function handleOnce(deliveryId: string, event: KindeEvent): Promise<void> {
    if (await memory.wasHandled(deliveryId)) return;
    await handle(event);
    // Only now: what has failed is to be tried again.
    await memory.markHandled(deliveryId);
  }

  const onUnreadable: ErrorRequestHandler = (error, _req, res, next) => {
    const { status } = Object(error) as { status?: unknown };
    if (typeof status !== "number" || status < 400 || status > 499) return next(error);
    log(`webhook refused: its body cannot be read (${status})`);
    sendProblem(res, {
      status,
      kind: "webhook-refused",
      title: "The body cannot be read",
      detail: "Kinde's events are text of at most 64 kB.",
    });
  };

  return Router()
    .post("/", express.text({ type: "application/jwt", limit: "64kb" }), async (req, res) => {
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
    })
    .use(onUnreadable);
}
