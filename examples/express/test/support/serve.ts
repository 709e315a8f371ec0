import { createServer, type RequestListener } from "node:http";
import { close, LOOPBACK, listen } from "../../../../local/http/listen.ts";

/** Serves an Express app on a free port. */
export async function serve(
  app: RequestListener,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(app);
  const url = `http://${LOOPBACK}:${await listen(server)}`;
  return { url, stop: () => close(server) };
}
