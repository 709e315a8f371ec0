import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** The address that servers listen on, unless `listen` gets another one. */
export const LOOPBACK = "127.0.0.1";

/**
 * Starts a server on a port of this machine.
 *
 * @param port a free one unless given
 * @param host another address, for an app that uses hosted services and must be reachable from
 * outside
 * @returns the port
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(server: Server, port = 0, host = LOOPBACK): Promise<number> {
  server.listen({ host, port, exclusive: true });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Ends a server and, if it is an HTTP server, its connections. Resolves when the port is free. */
export function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections?.();
  });
}
