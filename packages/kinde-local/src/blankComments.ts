/** Matches comments, and also strings and templates, which may contain `//` or `/*`. */
const TOKENS =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//g;

/**
 * Replaces the comments of a source text by spaces, so that all positions stay the same. (A quote
 * in a regular expression is mistaken for the start of a string if another quote follows in the
 * same line.)
 */
export function blankComments(text: string): string {
  return text.replace(TOKENS, (token) =>
    token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token,
  );
}
