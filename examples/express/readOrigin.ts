const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The origin that a setting names: `https://example.com`, or over http on this machine. A slash at
 * the end is left out.
 *
 * @returns undefined for anything more than an origin, and for what is no address
 */
export function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, href, origin } = new URL(text);
  const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
  // Name, password, path, query and fragment all show in the address beyond the origin.
  return isSafe && href === `${origin}/` ? origin : undefined;
}
