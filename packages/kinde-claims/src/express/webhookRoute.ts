import type { IncomingMessage } from "node:http";
import type { Response as ExpressResponse, RequestHandler } from "express";
import type { WebhookHandler } from "../webhooks/types.ts";

/**
 * Serves a webhook handler on an Express route. No body parser is needed before it.
 *
 * @example
 * ```ts
 * import express from "express";
 * import { createMemoryDeliveries, createWebhookHandler } from "kinde-claims";
 * import { webhookRoute } from "kinde-claims/express";
 *
 * const handler = createWebhookHandler({
 *   issuer: "https://example.kinde.com",
 *   deliveries: createMemoryDeliveries(),
 *   onUserCreated: (user) => console.log(`created ${user.id.slice(0, 6)}…`),
 *   onUserDeleted: (user) => console.log(`deleted ${user.id.slice(0, 6)}…`),
 * });
 * express().post("/webhooks/kinde", webhookRoute(handler));
 * ```
 */
export function webhookRoute(handler: WebhookHandler): RequestHandler {
  return async (req, res) => {
    // The handler needs no address, and no header except the content type. It refuses every method
    // except POST. The other methods become GET here, because Request does not accept some of them.
    const request = new Request("http://localhost/", {
      headers: { "content-type": req.get("content-type") ?? "" },
      ...(req.method === "POST" && { method: "POST", body: bodyOf(req), duplex: "half" }),
    });
    await send(await handler(request), res);
  };
}

function bodyOf(req: IncomingMessage & { body?: unknown }): NonNullable<RequestInit["body"]> {
  // A parser such as express.text() may already have read the body.
  const parsed = req.body;
  if (typeof parsed === "string") return parsed;
  return parsed instanceof Uint8Array ? new Uint8Array(parsed) : streamOf(req);
}

/**
 * Streams a body. `Readable.toWeb` is not used, because its stream destroys the connection when the
 * handler cancels it. A client that sends a too large body would then not receive the answer.
 */
function streamOf(req: IncomingMessage): ReadableStream<Uint8Array> {
  let isWanted = true;
  return new ReadableStream({
    start(controller) {
      const fail = (error: Error) => {
        if (isWanted) controller.error(error);
        isWanted = false;
      };
      // The request has already emitted its last event, so no later event would end the stream.
      if (req.readableEnded || req.destroyed) {
        fail(new Error("The body was read before the route, or the client left."));
        return;
      }
      req.on("data", (chunk: Uint8Array) => {
        if (isWanted) controller.enqueue(chunk);
      });
      req.once("end", () => {
        if (isWanted) controller.close();
        isWanted = false;
      });
      req.on("error", fail);
      req.once("close", () => fail(new Error("The client left in the middle of the body.")));
    },
    cancel() {
      // The rest of the body is dropped as it arrives.
      isWanted = false;
    },
  });
}

async function send(response: Response, res: ExpressResponse): Promise<void> {
  res.status(response.status);
  response.headers.forEach((value, name) => {
    res.setHeader(name, value);
  });
  res.end(await response.text());
}
