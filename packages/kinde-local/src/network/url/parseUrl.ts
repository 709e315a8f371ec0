import { fromBytes, toBytes } from "./bytes.ts";
import { escapePart, isWellEscaped, UrlSyntaxError, unescapePart } from "./escape.ts";
import { goQuote } from "./goQuote.ts";

/** A URL as Go's net/url keeps it. Its strings are bytes (see bytes.ts). */
export interface GoUrl {
  scheme: string;
  /**
   * The part after the scheme if it does not begin with a slash, as in "mailto:a". Otherwise empty.
   */
  opaque: string;
  user: { name: string; password: string | null } | null;
  /** With the port, unescaped. */
  host: string;
  /** Escaped, as it is sent. */
  path: string;
  /** As it was written. Null if the URL has no question mark. */
  query: string | null;
  /** Escaped. Empty if the URL has no fragment. */
  fragment: string;
  /**
   * Whether one slash follows the scheme, as in "http:/x". Such a URL has no host, and is printed
   * without "//".
   */
  omitsHost: boolean;
}

/**
 * Parses a URL as Go's `url.Parse` does. It is stricter than the WHATWG standard, and keeps dots in
 * the path and the case of the host.
 *
 * @throws {UrlSyntaxError} with Go's whole message, such as
 * `parse "http://x/%": invalid URL escape "%"`
 */
export function parseUrl(text: string): GoUrl {
  const bytes = toBytes(text);
  const at = bytes.indexOf("#");
  const main = at < 0 ? bytes : bytes.slice(0, at);
  const fragment = at < 0 ? "" : bytes.slice(at + 1);
  const url = explained(main, () => parseMain(main));
  url.fragment = explained(bytes, () => normalise(fragment, "fragment"));
  return url;
}

function explained<T>(whole: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UrlSyntaxError)) throw error;
    throw new UrlSyntaxError(`parse ${goQuote(fromBytes(whole))}: ${error.message}`);
  }
}

function parseMain(bytes: string): GoUrl {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  if (/[\x00-\x1f\x7f]/.test(bytes)) {
    throw new UrlSyntaxError("net/url: invalid control character in URL");
  }
  if (bytes.startsWith(":")) throw new UrlSyntaxError("missing protocol scheme");
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(bytes)?.[1] ?? "";
  const url: GoUrl = {
    scheme: scheme.toLowerCase(),
    opaque: "",
    user: null,
    host: "",
    path: "",
    query: null,
    fragment: "",
    omitsHost: false,
  };
  let rest = scheme === "" ? bytes : bytes.slice(scheme.length + 1);
  const question = rest.indexOf("?");
  if (question >= 0) {
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { ...url, opaque: rest };
    if (/^[^/]*:/.test(rest)) {
      throw new UrlSyntaxError("first path segment in URL cannot contain colon");
    }
  }
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const end = rest.indexOf("/", 2);
    Object.assign(url, parseAuthority(rest.slice(2, end < 0 ? undefined : end)));
    rest = end < 0 ? "" : rest.slice(end);
  } else if (scheme !== "" && rest.startsWith("/")) {
    url.omitsHost = true;
  }
  url.path = normalise(rest, "path");
  return url;
}

/**
 * A correctly escaped part stays as it was written. Any other part is unescaped and escaped again.
 */
function normalise(bytes: string, part: "path" | "fragment"): string {
  const plain = unescapePart(bytes, part);
  if (isWellEscaped(bytes, part) || (part === "path" && plain === "*")) return bytes;
  return escapePart(plain, part);
}

function parseAuthority(authority: string): Pick<GoUrl, "user" | "host"> {
  const at = authority.lastIndexOf("@");
  const host = parseHost(authority.slice(at + 1));
  if (at < 0) return { user: null, host };
  const user = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) {
    throw new UrlSyntaxError("net/url: invalid userinfo");
  }
  const colon = user.indexOf(":");
  const name = unescapePart(colon < 0 ? user : user.slice(0, colon), "user");
  const password = colon < 0 ? null : unescapePart(user.slice(colon + 1), "user");
  return { user: { name, password }, host };
}

function parseHost(host: string): string {
  if (!host.startsWith("[")) {
    const colon = host.lastIndexOf(":");
    if (colon >= 0) requirePort(host.slice(colon));
    return unescapePart(host, "host");
  }
  const end = host.lastIndexOf("]");
  if (end < 0) throw new UrlSyntaxError("missing ']' in host");
  requirePort(host.slice(end + 1));
  const zone = host.slice(0, end).indexOf("%25");
  if (zone < 0) return unescapePart(host, "host");
  return (
    unescapePart(host.slice(0, zone), "host") +
    unescapePart(host.slice(zone, end), "zone") +
    unescapePart(host.slice(end), "host")
  );
}

function requirePort(text: string): void {
  if (/^(?::\d*)?$/.test(text)) return;
  throw new UrlSyntaxError(`invalid port ${goQuote(fromBytes(text))} after host`);
}
