import { fromBytes } from "../url/bytes.ts";
import { requestTarget } from "../url/printUrl.ts";
import type { Hop, Reply } from "./Hop.ts";
import { hostHeader, hostOf } from "./hostOf.ts";
import { wireHeaders } from "./wireHeaders.ts";

/** Sends a request with `fetch`: the process's own, or a function that replaces it. */
export async function sendByFetch(
  hop: Hop,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Reply> {
  const init: RequestInit = {
    method: hop.method,
    headers: wireHeaders(hop),
    redirect: "manual",
    signal,
  };
  if (hop.body !== null) init.body = Buffer.from(hop.body);
  const response = await inTime(fetch(hrefOf(hop), init), signal);
  const { status, headers } = response;
  return { status, headers, text: () => inTime(response.text(), signal) };
}

/** Returns the URL as Go sends it: without user and fragment. */
function hrefOf({ url }: Hop): string {
  return `${url.scheme}://${hostHeader(url)}${fromBytes(requestTarget(url))}`;
}

/**
 * Whether `fetch` would send exactly what Go sends: no dots removed, nothing escaped, the same
 * host.
 */
export function isKeptByFetch(hop: Hop): boolean {
  const url = parseOrNull(hrefOf(hop));
  if (!url) return false;
  const host = hostOf(hop.url);
  const isSameHost = url.hostname.replace(/^\[|\]$/g, "") === host.name.toLowerCase();
  const isSamePort = (url.port || (url.protocol === "https:" ? "443" : "80")) === host.port;
  const target = fromBytes(requestTarget(hop.url));
  return isSameHost && isSamePort && url.pathname + url.search === target;
}

function parseOrNull(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

/** Rejects as soon as the signal aborts, because a user's own `fetch` may ignore the signal. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
