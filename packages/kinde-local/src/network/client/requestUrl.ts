import { fromBytes } from "../url/bytes.ts";
import { requestTarget } from "../url/printUrl.ts";
import type { Hop } from "./Hop.ts";
import { hostHeader } from "./hostOf.ts";

/**
 * Returns a request's URL for comparisons: lower-case host, no default port, no user, no fragment.
 */
export function requestUrl({ url }: Hop): { base: string; query: string } {
  const host = hostHeader(url).toLowerCase();
  const port = url.scheme === "https" ? /:443$/ : /:80$/;
  const target = fromBytes(requestTarget(url));
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  return {
    base: `${url.scheme}://${host.replace(port, "")}${path}`,
    query: at < 0 ? "" : target.slice(at),
  };
}
