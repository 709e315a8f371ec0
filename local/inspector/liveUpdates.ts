import type { IncomingMessage, ServerResponse } from "node:http";

/** A row can change without the inspector seeing it, so it is read again and again. */
const READ_AGAIN_MS = 500;

/**
 * Sends the state of a page as server-sent events, whenever it has changed.
 *
 * @param read returns the state as JSON
 */
export function createLiveUpdates(read: (request: IncomingMessage) => Promise<string>) {
  const open = new Set<ServerResponse>();

  return {
    async subscribe(request: IncomingMessage, response: ServerResponse): Promise<void> {
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      open.add(response);
      response.once("close", () => open.delete(response));
      let sent = "";
      while (open.has(response)) {
        const state = await read(request);
        if (state !== sent) response.write(`data: ${state}\n\n`);
        sent = state;
        await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MS).unref());
      }
    },
    close(): void {
      for (const response of open) response.destroy();
      open.clear();
    },
  };
}
