import { ConfigurationError } from "../errors/ConfigurationError.ts";

/**
 * Validates an option that must be a string.
 *
 * @throws {ConfigurationError} if the option is missing or empty. The message never holds the
 *   value, which may be a secret.
 */
export function readText(value: unknown, option: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ConfigurationError(`${option} is missing.`);
}
