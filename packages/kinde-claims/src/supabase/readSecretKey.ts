import { ConfigurationError } from "../errors/ConfigurationError.ts";
import { readText } from "../options/readText.ts";

/**
 * Validates a secret key.
 *
 * @throws {ConfigurationError} if the value cannot be a secret key. The message never holds the
 *   key.
 */
export function readSecretKey(value: unknown, option: string): string {
  const key = readText(value, option);
  if (key.startsWith("sb_publishable_")) {
    throw new ConfigurationError(
      `${option} is a publishable key. Set it to a secret key of the project, sb_secret_….`,
    );
  }
  // fetch would refuse a header with other characters, and show the key in its error.
  if (!/^[\w.-]+$/.test(key)) {
    throw new ConfigurationError(
      `${option} has characters that no key has. Copy the secret key again, without quotes.`,
    );
  }
  return key;
}
