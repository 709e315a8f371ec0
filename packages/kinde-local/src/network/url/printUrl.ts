import { fromBytes } from "./bytes.ts";
import { escapePart } from "./escape.ts";
import type { GoUrl } from "./parseUrl.ts";

/** Prints a URL as Go does in an error: only the password is hidden. */
export function printWithoutPassword(url: GoUrl): string {
  const { user } = url;
  if (!user) return printWithoutUser(url);
  const written = user.password === null ? escapePart(user.name, "user") : `${user.name}:***`;
  return fromBytes(start(url, `${written}@`) + rest(url));
}

/** Prints a URL as Go does in the header Referer: without user and password. */
export function printWithoutUser(url: GoUrl): string {
  return fromBytes(start(url, "") + rest(url));
}

/** Returns the target for the request line, as bytes. */
export function requestTarget(url: GoUrl): string {
  if (url.opaque !== "") {
    const opaque = url.opaque.startsWith("//") ? `${url.scheme}:${url.opaque}` : url.opaque;
    return opaque + query(url);
  }
  return (url.path === "" ? "/" : url.path) + query(url);
}

function start({ scheme, host, path, user, opaque, omitsHost }: GoUrl, userText: string): string {
  const prefix = scheme === "" ? "" : `${scheme}:`;
  if (opaque !== "") return prefix + opaque;
  if (scheme === "" && host === "" && !user) return prefix;
  if (omitsHost && host === "" && !user) return prefix;
  const slashes = host !== "" || path !== "" || user ? "//" : "";
  return prefix + slashes + userText + escapePart(host, "host");
}

function rest(url: GoUrl): string {
  const slash = url.path !== "" && !url.path.startsWith("/") && url.host !== "" ? "/" : "";
  const path = url.opaque === "" ? slash + url.path : "";
  return path + query(url) + (url.fragment === "" ? "" : `#${url.fragment}`);
}

function query({ query: text }: GoUrl): string {
  return text === null ? "" : `?${text}`;
}
