/**
 * Turns JSON with comments (as VS Code writes it) into plain JSON of the same length: comments and
 * trailing commas become spaces, so that every position stays the same.
 */
export function blankComments(text: string): string {
  const plain = [...text.replace(/^\uFEFF/, " ").matchAll(TOKEN)].map(([token]) =>
    /^\/[/*]/.test(token) ? token.replace(/[^\r\n]/g, " ") : token,
  );
  return plain.map((token, i) => (token === "," && isLast(plain, i) ? " " : token)).join("");
}

/** Matches a string, a comment, or a single character. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\s\S]/g;

/** Whether only white space is between this comma and the end of its list or object. */
function isLast(tokens: readonly string[], comma: number): boolean {
  const next = tokens.slice(comma + 1).find((token) => token.trim() !== "");
  return next === "]" || next === "}";
}
