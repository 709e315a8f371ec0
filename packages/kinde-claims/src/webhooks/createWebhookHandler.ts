import { lazy } from "../options/lazy.ts";
import { readIssuer } from "../options/readIssuer.ts";
import { answerError } from "./answerError.ts";
import { createEventVerification } from "./createEventVerification.ts";
import type { Deliveries } from "./Deliveries.ts";
import { dispatchEvent } from "./dispatchEvent.ts";
import { readBody } from "./readBody.ts";
import type { WebhookHandler, WebhookHandlerOptions } from "./types.ts";
import { WebhookError } from "./WebhookError.ts";

/**
 * Creates a handler for Kinde's webhooks. It answers 200 only when the event was handled, by this
 * request or an earlier one: Kinde counts only 200 as received. An event that fails, or that
 * another request is handling, is answered with 503, and Kinde sends it again. A body that is not a
 * recent event of this Kinde domain is answered with 400 or 401.
 *
 * The idempotency key is the signed `event_id`. The header `webhook-id` is not signed, so a copy of
 * an event could have another `webhook-id`.
 *
 * @example
 * ```ts
 * import { createMemoryDeliveries, createWebhookHandler } from "kinde-claims";
 *
 * const profiles = new Set<string>();
 *
 * export const POST = createWebhookHandler({
 *   issuer: "https://example.kinde.com",
 *   deliveries: createMemoryDeliveries(),
 *   onUserCreated: (user) => profiles.add(user.id),
 *   onUserDeleted: (user) => profiles.delete(user.id),
 *   onError: (error) => console.warn(`webhook: ${error.code} ${error.message}`),
 * });
 * ```
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const verifyEvent = lazy(() => {
    const issuer = readIssuer(options.issuer, "createWebhookHandler: issuer");
    return createEventVerification(issuer, options);
  });

  async function handle(request: Request): Promise<void> {
    const event = await verifyEvent()(await readBody(request));
    const work = dispatchEvent(event, options);
    if (work) await handleOnce(event.eventId, work, options.deliveries);
  }

  return async (request) => {
    try {
      await handle(request);
      return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
    } catch (cause) {
      const error =
        cause instanceof WebhookError ? cause : new WebhookError("FAILED", undefined, { cause });
      report(error, options.onError);
      return answerError(error);
    }
  };
}

/** Calls `onError`, which may be asynchronous. If it fails, the answer stays the same. */
function report(error: WebhookError, onError: WebhookHandlerOptions["onError"]): void {
  const ignore = () => undefined;
  try {
    Promise.resolve(onError?.(error)).catch(ignore);
  } catch {
    ignore();
  }
}

async function handleOnce(
  eventId: string,
  work: () => Promise<void>,
  deliveries: Deliveries,
): Promise<void> {
  const state = await deliveries.begin(eventId);
  if (state === "done") return;
  if (state !== "new") throw new WebhookError("BUSY");
  try {
    await work();
    // `finish` comes only after the work, because work that failed must be done again.
    await deliveries.finish(eventId);
  } catch (cause) {
    // If this fails too, the claim on the event lapses by itself.
    await deliveries.abandon(eventId).catch(() => undefined);
    throw new WebhookError("FAILED", undefined, { cause });
  }
}
