// How Go's net/url escapes the parts of a URL.

const bytes = (char: string): string => encodeURIComponent(char);
const percent = (char: string): string =>
  `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/** A path that is already well escaped stays as written; otherwise all of it is escaped anew. */
export function escapePath(path: string): string {
  if (/^(?:[A-Za-z0-9\-._~$&+,/:;=@!'()*[\]]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return escapeRaw(unescape8(path));
}

/** Escapes a path that was set: a percent sign in it does not begin an escape. */
export function escapeRaw(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~$&+,/:;=@]/gu, (char) =>
    char < "\x80" ? percent(char) : bytes(char),
  );
}

/** A host of a scheme without Punycode. */
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
