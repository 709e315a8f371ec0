import { type Redactor, redactor } from "../redact/redactor.ts";
import type { Env } from "../types.ts";

/**
 * Creates a redactor that makes its patterns only at the first use, because making them takes
 * longer than most runs.
 */
export function lazyRedactor(env: Env): Redactor {
  let made: Redactor | undefined;
  const get = (): Redactor => {
    made ??= redactor(env);
    return made;
  };
  return { text: (text) => get().text(text), value: (value) => get().value(value) };
}
