/**
 * A pattern for every way a text can be written in a URL, in a form or in JSON: each character as
 * itself or escaped, because every encoder leaves another set of them alone.
 */
export function spellings(text: string): string {
  return [...text].map(character).join("");
}

function character(char: string): string {
  const forms = new Set([char, JSON.stringify(char).slice(1, -1)].map(literal));
  if (char === " ") forms.add("\\+");
  forms.add(percent(char));
  if (char.length === 1) forms.add(unicode(char));
  return `(?:${[...forms].join("|")})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Hexadecimal digits come in both cases. */
function percent(char: string): string {
  return [...Buffer.from(char)].map((byte) => `%${hex(byte, 2)}`).join("");
}

function unicode(unit: string): string {
  return `\\\\u${hex(unit.charCodeAt(0), 4)}`;
}

function hex(value: number, width: number): string {
  return value
    .toString(16)
    .padStart(width, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
