import { apply, regexpExec } from "./primordials.ts";

/** `pattern.test(text)`, whatever has become of `RegExp.prototype` meanwhile. */
export function finds(pattern: RegExp, text: string): boolean {
  return apply(regexpExec, pattern, [text]) !== null;
}

const OTHERS = /[^\0-\x7f]/;

/** The engine keeps a text of ASCII and any other text in two ways, with two sets of mistakes. */
export function isAscii(text: string): boolean {
  return !finds(OTHERS, text);
}
