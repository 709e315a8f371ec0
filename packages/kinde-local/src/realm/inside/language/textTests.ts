import { apply, regexpExec } from "./primordials.ts";

/** Like `pattern.test(text)`, but it also works after a workflow has changed `RegExp.prototype`. */
export function finds(pattern: RegExp, text: string): boolean {
  return apply(regexpExec, pattern, [text]) !== null;
}

const OTHERS = /[^\0-\x7f]/;

/**
 * Whether a string is ASCII. The engine stores these strings differently from all others, and its
 * mistakes differ, too.
 */
export function isAscii(text: string): boolean {
  return !finds(OTHERS, text);
}
