/**
 * A pattern as the engine reads it: its parser drops the backslash of an escape that it does not
 * know, so `\p{L}` is the text "p{L}", and in a class the characters p, {, L and }.
 * (Read in goja's parser/regexp.go; `/\p{L}/u.test("é")` is false in the recorded cases.)
 */
export function literalProperties(source: string): string {
  let inClass = false;
  return source.replace(/\\([pP])\{([^}]*)\}|\\.|[[\]]/gs, (part, letter, name) => {
    if (letter !== undefined) return inClass ? `${letter}{${name}}` : `${letter}\\{${name}\\}`;
    if (part === "[") inClass = true;
    if (part === "]") inClass = false;
    return part;
  });
}
