// Escapes the parts of a URL like Go's net/url.

const bytes = (char: string): string => encodeURIComponent(char);
const percent = (char: string): string =>
  `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/**
 * Escapes a path that was parsed. If it is escaped correctly, it stays unchanged. Otherwise all of
 * it is escaped again.
 */
export function escapePath(path: string): string {
  if (/^(?:[A-Za-z0-9\-._~$&+,/:;=@!'()*[\]]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return escapeRaw(unescape8(path));
}

/**
 * Escapes a path that was assigned. A percent sign in it is escaped, too, because it does not begin
 * an escape.
 */
export function escapeRaw(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~$&+,/:;=@]/gu, (char) =>
    char < "\x80" ? percent(char) : bytes(char),
  );
}

/** Escapes a host whose scheme does not use Punycode. */
export function escapeHost(host: string): string {
  return host.replace(/[^\x21-\x7e]/gu, bytes);
}

export function escapeFragment(fragment: string): string {
  return fragment.replace(/%[0-9a-fA-F]{2}|[^A-Za-z0-9\-._~$&+,/:;=?@!()*']/gu, (char) =>
    char.length === 3 && char.startsWith("%") ? char : char < "\x80" ? percent(char) : bytes(char),
  );
}

export function escapeQuery(query: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the engine's own table
  return query.replace(/[\x00-\x20"#'<>\x7f]|[^\x00-\x7f]/gu, (char) =>
    char < "\x80" ? percent(char) : bytes(char),
  );
}

function unescape8(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
