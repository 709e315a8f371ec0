import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves an Express app on a free port. */
export async function serve(
  app: RequestListener,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
