import { toBytes } from "../url/bytes.ts";
import type { Hop } from "./Hop.ts";

/** The headers that Go's client adds, unless the workflow sets them. */
const DEFAULT_HEADERS = { "user-agent": "Go-http-client/1.1", "accept-encoding": "gzip" };

/**
 * Returns the headers as they are sent: one character for each byte, as Node and `fetch` need them.
 */
export function wireHeaders({ headers, url }: Hop): Record<string, string> {
  const wire: Record<string, string> = { ...DEFAULT_HEADERS };
  for (const [name, value] of headers) wire[name] = toBytes(value).replace(/^[ \t]+|[ \t]+$/g, "");
  if (url.user && wire.authorization === undefined) {
    const pair = `${url.user.name}:${url.user.password ?? ""}`;
    wire.authorization = `Basic ${Buffer.from(pair, "latin1").toString("base64")}`;
  }
  return wire;
}
