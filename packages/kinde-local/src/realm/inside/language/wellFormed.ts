import { apply } from "./primordials.ts";

/** V8 has it, the engine does not: taken before the realm is pruned. */
const { toWellFormed } = String.prototype as unknown as { toWellFormed(): string };

/** Lone surrogates become U+FFFD, as they do when a string passes into Go. */
export function wellFormed(text: string): string {
  return apply(toWellFormed, text, []) as string;
}
