import { ConfigurationError } from "../errors/ConfigurationError.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Validates the address of a service and removes a slash at its end.
 *
 * @param value the option as the caller gave it; environment variables may be missing
 * @param option the name of the option, for the message: `createVerifier: issuer`
 * @param whatToDo the end of the message: `Set it to …`
 * @throws {ConfigurationError} for anything but an https origin. Plain http is accepted on this
 *   machine only: on a network, others could read the credentials.
 */
export function readOrigin(value: unknown, option: string, whatToDo: string): string {
  if (typeof value === "string" && URL.canParse(value)) {
    const { protocol, hostname, href, origin } = new URL(value);
    const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
    // A user name, password, path, query or fragment makes the address longer than the origin.
    if (isSafe && href === `${origin}/`) return origin;
  }
  const problem = value === undefined || value === "" ? "is missing" : "is not an https origin";
  throw new ConfigurationError(`${option} ${problem}. ${whatToDo}`);
}
