import type { IncomingMessage } from "node:http";
import type { Response as ExpressResponse, RequestHandler } from "express";
import { MAX_BODY_BYTES } from "../webhooks/readBody.ts";
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
    // A parser such as express.text() may have read the body already.
    const parsed: unknown = req.body;
    const body =
      typeof parsed === "string" || parsed instanceof Uint8Array ? parsed : await readStart(req);
    const headers = new Headers({ "content-type": req.get("content-type") ?? "" });
    // The handler looks at neither the address nor the other headers.
    const hasBody = req.method !== "GET" && req.method !== "HEAD";
    const request = new Request("http://localhost/", {
      method: req.method,
      headers,
      ...(hasBody && { body: body as NonNullable<RequestInit["body"]> }),
    });
    await send(await handler(request), res);
  };
}

/**
 * Reads a body until it is longer than the handler accepts. The rest is dropped and not kept: the
 * answer can be sent while the client still sends.
 */
function readStart(req: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = () => resolve(Buffer.concat(chunks));
    req.on("data", (chunk: Buffer) => {
      if (bytes > MAX_BODY_BYTES) return;
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) end();
    });
    req.once("end", end);
    req.once("close", end);
    req.once("error", reject);
  });
}

async function send(response: Response, res: ExpressResponse): Promise<void> {
  res.status(response.status);
  response.headers.forEach((value, name) => {
    res.setHeader(name, value);
  });
  res.end(await response.text());
}
