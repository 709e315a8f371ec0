import type { IncomingMessage } from "node:http";

/** The status of an answer to a request for another server (RFC 9110, 15.5.20). */
export const MISDIRECTED = 421;

/**
 * Why a server on this machine refuses a request, or undefined if its Host header names the server:
 * 127.0.0.1 or localhost, with its port. A website can let its own name resolve to 127.0.0.1 (DNS
 * rebinding); a browser then counts the server as part of that website, but still sends that name.
 */
export function refuseForeignHost({ headers, socket }: IncomingMessage): string | undefined {
  const port = socket.localPort;
  const own = ["127.0.0.1", "localhost"].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
  if (own.includes(headers.host?.toLowerCase() ?? "")) return undefined;
  return `This server answers requests to http://127.0.0.1:${port} and http://localhost:${port} only. The Host header names another server.`;
}
