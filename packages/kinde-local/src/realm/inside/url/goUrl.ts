import { wellFormed } from "../language/wellFormed.ts";
import { escapeFragment, escapeHost, escapePath, escapeQuery } from "./escapeUrl.ts";
import { typeError } from "./URLSearchParams.ts";

/** A URL with the parts of Go's net/url. The scheme is in lower case; `fix` normalises the rest. */
export interface GoUrl {
  scheme: string;
  opaque: string;
  user: { name: string; password: string | null } | null;
  /** The host with its port. */
  host: string;
  /** Escaped. */
  path: string;
  query: string;
  /** Whether the URL has a "?" with nothing after it. The "?" is kept. */
  hasEmptyQuery: boolean;
  /** Escaped. */
  fragment: string;
}

const DEFAULT_PORTS: Record<string, string> = {
  ftp: "21",
  http: "80",
  ws: "80",
  https: "443",
  wss: "443",
};

export function isSpecial(scheme: string): boolean {
  return scheme === "file" || scheme in DEFAULT_PORTS;
}

function invalidUrl(message: string, input: string): TypeError {
  return Object.assign(typeError("ERR_INVALID_URL", message), { input });
}

/**
 * Parses a URL like the engine: a base URL must be absolute, dot segments are kept, and spaces at
 * the ends are not removed.
 */
export function parseUrl(text: string, isBase: boolean, toAscii: (host: string) => string): GoUrl {
  const url = split(wellFormed(text));
  if (!url) throw invalidUrl(isBase ? "Invalid base URL" : "Invalid URL", text);
  if (isBase && url.scheme === "") throw invalidUrl("URL is not absolute", text);
  return fix(url, toAscii);
}

const SHAPE =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function split(text: string): GoUrl | null {
  const parts = SHAPE.exec(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  if (!parts || /[\x00-\x1f\x7f]/.test(text)) return null;
  const [, scheme = "", authority = "", path = "", query = "", fragment = ""] = parts;
  if (/%(?![0-9a-fA-F]{2})/.test(path + fragment)) return null;
  if (scheme === "" && parts[2] === undefined && /^[^/]*:/.test(path)) return null;
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  if (!/^(?:[^\s"<>\\^`{|}:[\]]*|\[[0-9a-fA-F:.%]+\])(?::\d*)?$/.test(host)) return null;
  const isOpaque = scheme !== "" && parts[2] === undefined && path !== "" && !path.startsWith("/");
  return {
    scheme: scheme.toLowerCase(),
    opaque: isOpaque ? path : "",
    user: at < 0 ? null : userOf(authority.slice(0, at)),
    host,
    path: isOpaque ? "" : escapePath(path),
    query,
    hasEmptyQuery: parts[4] === "",
    fragment: escapeFragment(fragment),
  };
}

function userOf(text: string): NonNullable<GoUrl["user"]> {
  const at = text.indexOf(":");
  if (at < 0) return { name: decodeURIComponent(text), password: null };
  return {
    name: decodeURIComponent(text.slice(0, at)),
    password: decodeURIComponent(text.slice(at + 1)),
  };
}

/**
 * Applies the checks and changes that the engine makes after parsing and when the host is set. For
 * schemes with a default port: an empty path becomes "/", and the host becomes Punycode in lower
 * case. For all: a default or empty port is removed, and the query is escaped.
 */
export function fix(url: GoUrl, toAscii: (host: string) => string): GoUrl {
  if (url.scheme in DEFAULT_PORTS) {
    if (url.path === "") url.path = "/";
    const name = hostname(url);
    const ascii = toAscii(name.toLowerCase());
    if (ascii === "" && name !== "") throw invalidUrl("Invalid hostname", name.toLowerCase());
    url.host = ascii + (port(url) === "" ? "" : `:${port(url)}`);
  }
  if (isDefaultPort(url.scheme, port(url))) url.host = plainHost(url);
  else if (port(url) === "") url.host = bareHost(url);
  url.query = escapeQuery(url.query);
  return url;
}

export function isDefaultPort(scheme: string, value: string): boolean {
  return DEFAULT_PORTS[scheme] === value;
}

export function port(url: GoUrl): string {
  return /:(\d+)$/.exec(url.host)?.[1] ?? "";
}

function bareHost(url: GoUrl): string {
  return url.host.replace(/:\d*$/, "");
}

/**
 * The host without its port, like Go's `Hostname()`. An IPv6 address also loses its brackets, and
 * the engine does not add them again.
 */
export function plainHost(url: GoUrl): string {
  return bareHost(url).replace(/^\[(.*)\]$/, "$1");
}

function hostname(url: GoUrl): string {
  return bareHost(url);
}

export function printUrl(url: GoUrl): string {
  const query = url.query === "" && !url.hasEmptyQuery ? "" : `?${url.query}`;
  const fragment = url.fragment === "" ? "" : `#${url.fragment}`;
  const scheme = url.scheme === "" ? "" : `${url.scheme}:`;
  if (url.opaque !== "") return scheme + url.opaque + query + fragment;
  const slashes = url.scheme !== "" || url.host !== "" || url.user ? "//" : "";
  return (
    scheme + slashes + printUser(url.user) + escapeHost(url.host) + url.path + query + fragment
  );
}

function printUser(user: GoUrl["user"]): string {
  if (!user) return "";
  const password = user.password === null ? "" : `:${encodeURIComponent(user.password)}`;
  return `${encodeURIComponent(user.name)}${password}@`;
}

/** Resolves a relative URL (RFC 3986, 5.2.2). This removes dot segments. */
export function resolveUrl(base: GoUrl, ref: GoUrl): GoUrl {
  if (ref.scheme !== "" || ref.host !== "" || ref.user) {
    return { ...ref, scheme: ref.scheme || base.scheme, path: removeDots(ref.path) };
  }
  const fragment = ref.fragment;
  const { query, hasEmptyQuery } = ref;
  if (ref.path === "" && query === "" && !hasEmptyQuery) {
    return { ...base, hasEmptyQuery, fragment: fragment || base.fragment };
  }
  if (ref.path === "") return { ...base, query, hasEmptyQuery, fragment };
  const folder = base.path.slice(0, base.path.lastIndexOf("/") + 1);
  const path = ref.path.startsWith("/") ? ref.path : folder + ref.path;
  return { ...base, path: removeDots(path), query, hasEmptyQuery, fragment };
}

function removeDots(path: string): string {
  if (path === "") return "";
  const kept: string[] = [];
  const parts = path.replace(/^\//, "").split("/");
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== ".") kept.push(part);
  }
  const last = parts.at(-1);
  if (last === "." || last === "..") kept.push("");
  return `/${kept.join("/")}`;
}
