import type { Hop, Reply } from "./Hop.ts";
import { isKeptByFetch, sendByFetch } from "./sendByFetch.ts";
import { sendByHttp } from "./sendByHttp.ts";

/** The process's own `fetch` when this module was loaded. */
const initially = globalThis.fetch;
/**
 * A tool may have replaced `fetch` even earlier. The source of Node's own `fetch` contains
 * "undici".
 */
const wasReplaced = !/undici/.test(Function.prototype.toString.call(initially));

/** Whether something has replaced Node's `fetch`: msw, nock, or a function of a test. */
export function isFetchReplaced(): boolean {
  return wasReplaced || globalThis.fetch !== initially;
}

/**
 * Sends a request with the process's own `fetch`, looked up at the call, so that a tool that
 * intercepts it (msw) sees the request. If nothing has replaced `fetch`, a request that it would
 * change is sent with node:http. A request to a port that `fetch` refuses is sent with node:http in
 * any case.
 */
export async function sendByProcess(hop: Hop, signal: AbortSignal): Promise<Reply> {
  if (!isFetchReplaced() && !isKeptByFetch(hop)) return await sendByHttp(hop, signal);
  try {
    return await sendByFetch(hop, globalThis.fetch, signal);
  } catch (error) {
    if (isBadPort(error)) return await sendByHttp(hop, signal);
    throw error;
  }
}

/** `fetch` refuses some ports before it sends anything; Go's client does not. */
function isBadPort(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message === "bad port";
}
