import { ConfigurationError } from "../errors/ConfigurationError.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Validates the Kinde domain and removes a slash at its end.
 *
 * @param value the option as the caller gave it; environment variables may be missing
 * @param option where the value stands, for the message: `createVerifier: issuer`
 * @throws {ConfigurationError} for anything but an https origin. Plain http is accepted on this
 *   machine only, because whoever answers for the issuer decides which tokens are good.
 */
export function readIssuer(value: unknown, option: string): string {
  if (typeof value === "string" && URL.canParse(value)) {
    const { protocol, hostname, href, origin } = new URL(value);
    const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
    // A user name, password, path, query or fragment makes the address longer than the origin.
    if (isSafe && href === `${origin}/`) return origin;
  }
  const problem = value === undefined || value === "" ? "is missing" : "is not an https origin";
  throw new ConfigurationError(
    `${option} ${problem}. Set it to your Kinde domain, such as https://example.kinde.com.`,
  );
}
