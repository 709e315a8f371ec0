/**
 * Returns a pattern in which `\p` has the meaning that it has in the engine. The engine's parser
 * drops the backslash of an unknown escape, so `\p{L}` matches the string "p{L}", and in a
 * character class the characters p, {, L and }. (Sources: parser/regexp.go of goja, the
 * engine, and the recorded cases, where `/\p{L}/u.test("é")` is false.)
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
