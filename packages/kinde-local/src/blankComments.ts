/** Comments, and the strings and templates in which their signs mean nothing. */
const TOKENS =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//g;

/**
 * The text of a source file with spaces in the place of its comments. Every other place stays what
 * it was. (A regular expression with a quote in it is taken for a text up to the end of its line.)
 */
export function blankComments(text: string): string {
  return text.replace(TOKENS, (token) =>
    token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token,
  );
}
