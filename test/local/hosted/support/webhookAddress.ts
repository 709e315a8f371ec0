import { createServer } from "node:http";
import { close, listen } from "../../../../local/http/listen.ts";

/** An address used as the app's webhook route. */
export interface WebhookAddress {
  readonly url: string;
  /** Its answer to a request without Kinde's signature. */
  readonly answer: { status: number };
  stop(): Promise<void>;
}

export async function startWebhookAddress(): Promise<WebhookAddress> {
  const answer = { status: 400 };
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(answer.status).end());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/webhooks/kinde`, answer, stop: () => close(server) };
}
