/**
 * Returns a pattern for every way a text can be written in a URL, in a form, in HTML or in JSON,
 * also in JSON inside JSON. Each character may be escaped or not, because every encoder escapes a
 * different set of characters.
 */
export function spellings(text: string): string {
  let pattern = "";
  let isAfterBackslash = false;
  // A run of backslashes is one part, because each level of JSON doubles the number of backslashes.
  for (const part of text.match(/\\+|[^\\]/gu) ?? []) {
    const isBackslash = part.startsWith("\\");
    if (isBackslash) pattern += `${WRITTEN_BACKSLASH}{${part.length},${part.length * LEVELS}}`;
    else pattern += isAfterBackslash ? escaped(part) : `${BACKSLASH}{0,${LEVELS}}${escaped(part)}`;
    isAfterBackslash = isBackslash;
  }
  return pattern;
}

/** The most backslashes before one character: JSON inside JSON doubles them at each level. */
const LEVELS = 16;

/** A percent sign. In a text that was encoded twice, it is itself encoded, as %25. */
const PERCENT = "%(?:25)*";
const BACKSLASH = `(?:\\\\|${PERCENT}5[cC])`;
/** A backslash that belongs to the text may itself be written as an escape sequence. */
const WRITTEN_BACKSLASH = `(?:${BACKSLASH}{1,${LEVELS}}(?:u005|x5)[cC]|${BACKSLASH})`;

/** The letters that JSON writes after a backslash. */
const JSON_LETTERS: Record<string, string> = {
  "\b": "b",
  "\f": "f",
  "\n": "n",
  "\r": "r",
  "\t": "t",
};

const HTML_NAMES: Record<string, string> = {
  '"': "quot",
  "'": "apos",
  "&": "amp",
  "<": "lt",
  ">": "gt",
};

/**
 * Returns a pattern for one character in every spelling. The caller adds the backslashes before it.
 */
function escaped(char: string): string {
  const forms = [literal(char), percent(char)];
  const code = char.codePointAt(0) ?? 0;
  if (char === " ") forms.push("\\+");
  const letter = JSON_LETTERS[char];
  if (letter) forms.push(`${BACKSLASH}+${letter}`);
  forms.push([...char].length === char.length ? unicode(code) : surrogates(char));
  forms.push(`u\\{0*${hex(code, 1)}\\}`);
  if (code < 256) forms.push(`x${hex(code, 2)}`);
  forms.push(`&#0*${code};`, `&#[xX]0*${hex(code, 1)};`);
  const name = HTML_NAMES[char];
  if (name) forms.push(`&${name};`);
  return `(?:${forms.join("|")})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function percent(char: string): string {
  return [...Buffer.from(char)].map((byte) => `${PERCENT}${hex(byte, 2)}`).join("");
}

function unicode(unit: number): string {
  return `u${hex(unit, 4)}`;
}

function surrogates(char: string): string {
  return `${unicode(char.charCodeAt(0))}${BACKSLASH}+${unicode(char.charCodeAt(1))}`;
}

/** Returns a pattern for a hexadecimal number, in upper and lower case. */
export function hex(value: number, width: number): string {
  return value
    .toString(16)
    .padStart(width, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
