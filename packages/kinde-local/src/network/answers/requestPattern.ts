import { KindeError } from "../../errors.ts";
import type { Hop } from "../client/Hop.ts";
import { requestUrl } from "../client/requestUrl.ts";

export interface RequestPattern {
  /** Null if the pattern matches every method. */
  method: string | null;
  url: RegExp;
  /** True if the pattern has no "?", so that the query makes no difference. */
  ignoresQuery: boolean;
}

/**
 * Reads a key of answers, such as "GET https://api.example.com/*".
 *
 * @throws {KindeError} BAD_OPTION
 */
export function readPattern(key: string): RequestPattern {
  const [, method = "*", url = ""] = /^(?:([A-Za-z]+|\*) +)?(\S.*)$/.exec(key.trim()) ?? [];
  if (!/^(?:https?:\/\/[^/]|\*)/i.test(url)) {
    throw new KindeError(
      "BAD_OPTION",
      `"${key}" does not say which requests it answers. Write a method and a URL, such as "GET https://api.example.com/*".`,
    );
  }
  return {
    method: method === "*" ? null : method.toUpperCase(),
    url: new RegExp(`^${withLowerCaseHost(url).split("*").map(literal).join(".*")}$`, "s"),
    ignoresQuery: !url.includes("?"),
  };
}

export function matches({ method, url, ignoresQuery }: RequestPattern, hop: Hop): boolean {
  if (method !== null && method !== hop.method) return false;
  const { base, query } = requestUrl(hop);
  return url.test(ignoresQuery ? base : base + query);
}

/**
 * Writes a URL as `requestUrl` does: with a lower-case host, without the default port, and with a
 * slash after a bare host (unless the host ends with `*`).
 */
function withLowerCaseHost(url: string): string {
  const [, scheme = "", host = "", rest = ""] = /^(https?:\/\/)([^/?]*)(.*)$/is.exec(url) ?? [];
  if (scheme === "") return url;
  const port = scheme.toLowerCase() === "https://" ? /:443$/ : /:80$/;
  const slash = rest.startsWith("/") || host.endsWith("*") ? "" : "/";
  return scheme.toLowerCase() + host.toLowerCase().replace(port, "") + slash + rest;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
