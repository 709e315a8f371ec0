import { KindeError } from "./errors.ts";
import type { Json } from "./types.ts";

/**
 * Copies a caller's value as plain JSON. The message of an error begins with `what`, such as "The
 * event".
 *
 * @throws {KindeError} BAD_INPUT for a value that JSON cannot hold, such as a cyclic one, a bigint,
 * or one nested too deeply.
 */
export function toPlainJson(value: unknown, what: string): Json {
  try {
    return JSON.parse(JSON.stringify(value)) as Json;
  } catch (error) {
    const reason =
      error instanceof RangeError
        ? "it is nested too deeply"
        : error instanceof Error
          ? error.message
          : String(error);
    throw new KindeError("BAD_INPUT", `${what} cannot be written as JSON: ${reason}.`);
  }
}
