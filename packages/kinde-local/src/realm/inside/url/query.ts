import { wellFormed } from "../language/wellFormed.ts";

export type Pairs = [name: string, value: string][];

/** Parses a query string. A leading "?" is ignored. */
export function parseQuery(query: string): Pairs {
  const pairs: Pairs = [];
  for (const part of query.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    pairs.push([decode(name), at < 0 ? "" : decode(part.slice(at + 1))]);
  }
  return pairs;
}

/**
 * Writes a query string. A literal `+` is not escaped, so a server reads it as a space. This is a
 * mistake in the escape table of the engine's library. It is imitated, because it also happens at
 * Kinde.
 */
export function writeQuery(pairs: Pairs): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function encode(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/%20|%2B/g, "+")
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return "\uFFFD".repeat(escapes.length / 3);
    }
  });
}
