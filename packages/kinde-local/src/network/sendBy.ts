import type { Send } from "./client/Hop.ts";
import { sendByProcess } from "./client/processFetch.ts";
import { sendByFetch } from "./client/sendByFetch.ts";

/** The network of a run: a `fetch` that was given, or the process's own. */
export function sendBy(fetch: typeof globalThis.fetch | undefined): Send {
  return fetch ? (hop, signal) => sendByFetch(hop, fetch, signal) : sendByProcess;
}
