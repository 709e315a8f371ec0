import { readOrigin } from "./readOrigin.ts";

/**
 * Validates the Kinde domain, whose keys decide which tokens are accepted.
 *
 * @throws {ConfigurationError} for anything but an https origin, see `readOrigin`
 */
export function readIssuer(value: unknown, option: string): string {
  return readOrigin(
    value,
    option,
    "Set it to your Kinde domain, such as https://example.kinde.com.",
  );
}
