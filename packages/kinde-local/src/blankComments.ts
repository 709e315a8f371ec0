/** Matches comments, and also strings and templates, which may contain `//` or `/*`. */
const TOKENS =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//g;

/**
 * Replaces the comments of a source text by spaces, so that all positions stay the same. (It does
 * not know regular expressions: a quote in one may count as the start of a string, and `//` or `/*`
 * in one as the start of a comment.)
 */
export function blankComments(text: string): string {
  return text.replace(TOKENS, (token) =>
    token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token,
  );
}
