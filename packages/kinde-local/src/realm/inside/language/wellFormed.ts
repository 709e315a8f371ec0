import { apply } from "./primordials.ts";

/**
 * V8's own method. It is read here before the realm deletes it, because the engine does not have
 * it.
 */
const { toWellFormed } = String.prototype as unknown as { toWellFormed(): string };

/** Replaces lone surrogates with U+FFFD, as happens when Go receives a string. */
export function wellFormed(text: string): string {
  return apply(toWellFormed, text, []) as string;
}
