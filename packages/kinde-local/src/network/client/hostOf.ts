import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { fromBytes } from "../url/bytes.ts";
import type { GoUrl } from "../url/parseUrl.ts";

/** Returns a host's name and port as Go reads them: the port is the part after the last colon. */
export function hostOf({ host, scheme }: GoUrl): { name: string; port: string } {
  const [, before = "", port = ""] = /^([\s\S]*?)(?::(\d*))?$/.exec(host) ?? [];
  const bare = before.startsWith("[") && before.endsWith("]") ? before.slice(1, -1) : before;
  return { name: toAscii(fromBytes(bare)), port: port || (scheme === "https" ? "443" : "80") };
}

/** Returns the Host header: as written, in Punycode, without the zone of an IPv6 address. */
export function hostHeader({ host }: GoUrl): string {
  const [, name = "", port = ""] = /^([\s\S]*?)(:\d*)?$/.exec(host) ?? [];
  return toAscii(fromBytes(name)).replace(/%.*\]$/, "]") + port;
}

/** Returns host and port as Go writes them in an error. */
export function joinHostPort(name: string, port: number | string): string {
  return name.includes(":") ? `[${name}]:${port}` : `${name}:${port}`;
}

/**
 * Whether Go's resolver finds no address for a name. `127.1`, `0x7f.0.0.1` and `2130706433` are
 * addresses for other programs, but not for Go. A name with an empty label or a colon has no
 * address, either.
 */
export function isUnresolvable(name: string): boolean {
  if (isIP(name) !== 0) return false;
  return /^(?:0x[\da-f]*|\d+)(?:\.(?:0x[\da-f]*|\d+)){0,3}\.?$/i.test(name) || /:|\.\./.test(name);
}

/** A name that cannot be written in Punycode stays unchanged, and no resolver finds it. */
function toAscii(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name) || name;
}
