import { fromBytes } from "./bytes.ts";
import { goQuote } from "./goQuote.ts";

/** The parts of a URL. For each part, `STAYS` has the characters that need no escape. */
export type UrlPart = "path" | "host" | "zone" | "user" | "fragment";

const STAYS: Record<UrlPart, RegExp> = {
  path: /[A-Za-z0-9\-_.~$&+,/:;=@]/,
  host: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  zone: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  user: /[A-Za-z0-9\-_.~$&+,;=]/,
  fragment: /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/,
};

/** The error of Go's net/url for a string that is not a URL. The message is Go's. */
export class UrlSyntaxError extends Error {}

/** Escapes the bytes that cannot stay in this part of a URL. */
export function escapePart(bytes: string, part: UrlPart): string {
  return bytes.replace(/[\s\S]/g, (char) => (STAYS[part].test(char) ? char : percent(char)));
}

/**
 * Replaces each escape by its byte.
 *
 * @throws {UrlSyntaxError} for an escape that Go refuses or, in a host, also for a character that
 * Go refuses
 */
export function unescapePart(bytes: string, part: UrlPart): string {
  const isHost = part === "host" || part === "zone";
  if (isHost ? /^[A-Za-z0-9.:-]*$/.test(bytes) : !bytes.includes("%")) return bytes;
  return bytes.replace(/%([\s\S]{0,2})|[\s\S]/g, (found, digits: string | undefined) => {
    if (digits === undefined) {
      if (!isHost || found >= "\x80" || STAYS[part].test(found)) return found;
      throw new UrlSyntaxError(`invalid character ${goQuote(found)} in host name`);
    }
    const byte = String.fromCharCode(Number.parseInt(digits, 16));
    if (!/^[0-9a-fA-F]{2}$/.test(digits) || !mayEscape(byte, part)) {
      throw new UrlSyntaxError(`invalid URL escape ${goQuote(fromBytes(found))}`);
    }
    return byte;
  });
}

/**
 * Whether Go accepts the escape of this byte. In a host it accepts `%25` and bytes beyond ASCII. In
 * an IPv6 zone it accepts `%25`, a space, and the characters that a host may contain.
 */
function mayEscape(byte: string, part: UrlPart): boolean {
  if (part === "host") return byte >= "\x80" || byte === "%";
  if (part === "zone") return byte === "%" || byte === " " || STAYS.host.test(byte);
  return true;
}

const WELL_ESCAPED = {
  path: /^[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]%]*$/,
  fragment: /^[A-Za-z0-9\-_.~$&+,/:;=?@!'()*[\]%]*$/,
};

/** Whether Go would keep this escaped part of a URL as it was written. */
export function isWellEscaped(bytes: string, part: "path" | "fragment"): boolean {
  return WELL_ESCAPED[part].test(bytes);
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
