const THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Reads an origin from a setting: `https://example.com`, or http on this machine. A trailing slash
 * is removed.
 *
 * @returns undefined if the string is not a URL, holds more than an origin, or is neither https nor
 *   http on this machine
 */
export function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, href, origin } = new URL(text);
  const isSafe = protocol === "https:" || (protocol === "http:" && THIS_MACHINE.has(hostname));
  // A user name, password, path, query or fragment makes the address longer than the origin.
  return isSafe && href === `${origin}/` ? origin : undefined;
}
