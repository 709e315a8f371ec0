import { fromBytes } from "../url/bytes.ts";
import { goQuote } from "../url/goQuote.ts";
import { type GoUrl, parseUrl } from "../url/parseUrl.ts";
import { printWithoutPassword, printWithoutUser } from "../url/printUrl.ts";
import { resolveUrl } from "../url/resolveUrl.ts";
import { goReason } from "./goReason.ts";
import { GoFailure, type Hop, type Reply, type Send } from "./Hop.ts";
import { hostOf } from "./hostOf.ts";
import { refuseHop } from "./refuseHop.ts";

const MAX_REQUESTS = 10;
const SENSITIVE = ["authorization", "www-authenticate", "cookie", "cookie2"];

/**
 * Sends a request and follows its redirects as Go's client does.
 *
 * @throws {GoFailure} with Go's whole message, such as `Get "https://x/": EOF`. It contains the
 * whole URL with the query, which may hold a user id. At Kinde, a workflow that logs this message
 * leaks the user id, so the message must be the same here.
 */
export async function followRedirects(
  first: Hop,
  send: Send,
  signal: AbortSignal,
): Promise<Reply & { body: string }> {
  const name = first.method.charAt(0) + first.method.slice(1).toLowerCase();
  const failure = (url: string, reason: string): GoFailure =>
    new GoFailure(`${name} ${goQuote(url)}: ${reason}`);
  let hop = first;
  let isAway = false;
  for (let sent = 1; ; sent++) {
    let reply: Reply;
    let body: string;
    try {
      refuseHop(hop);
      reply = await send(hop, signal);
      body = await reply.text();
    } catch (error) {
      throw failure(printWithoutPassword(hop.url), await goReason(hop.url, error));
    }
    const location = locationOf(reply);
    if (location === null) return { ...reply, body };
    const target = targetOf(hop.url, location);
    if (typeof target === "string") throw failure(printWithoutPassword(hop.url), target);
    isAway ||= !isSameSite(first.url, target);
    if (sent === MAX_REQUESTS) throw failure(location, `stopped after ${MAX_REQUESTS} redirects`);
    hop = nextHop(first, hop, target, reply.status, isAway);
  }
}

/** Null if the answer is not a redirect, or has no location. */
function locationOf({ status, headers }: Reply): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headers.get("location");
  return location === null || location === "" ? null : fromBytes(location);
}

function targetOf(base: GoUrl, location: string): GoUrl | string {
  try {
    return resolveUrl(base, parseUrl(location));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `failed to parse Location header ${goQuote(location)}: ${reason}`;
  }
}

/**
 * 301, 302 and 303 change the method to GET (HEAD stays) and drop the body. 307 and 308 keep both.
 */
function nextHop(first: Hop, last: Hop, url: GoUrl, status: number, isAway: boolean): Hop {
  const keeps = status === 307 || status === 308;
  const method = keeps || last.method === "HEAD" ? last.method : "GET";
  const headers = new Map(first.headers);
  if (isAway) for (const name of SENSITIVE) headers.delete(name);
  const isDowngrade = last.url.scheme === "https" && url.scheme === "http";
  if (!isDowngrade && !headers.has("referer")) headers.set("referer", printWithoutUser(last.url));
  return { method, url, headers, body: keeps ? last.body : null };
}

/** Whether `next` has the host of `first`, or a subdomain of it. The port makes no difference. */
function isSameSite(first: GoUrl, next: GoUrl): boolean {
  const [from, to] = [hostOf(first).name, hostOf(next).name].map((name) => name.toLowerCase());
  return from === to || (to?.endsWith(`.${from}`) ?? false);
}
