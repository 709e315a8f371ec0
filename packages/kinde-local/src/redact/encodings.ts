import { hex, spellings } from "./spellings.ts";

/** Matches one character of base64 in both alphabets, also percent-encoded. */
const DIGIT = "(?:[\\w+/-]|%2[bBfF])";

/**
 * Returns patterns for a text inside base64 (standard and url-safe) and inside hexadecimal digits.
 * Base64 writes three bytes as four characters, so a text looks different at each of three
 * alignments.
 */
export function encodings(text: string): string[] {
  const written = new Set([text, JSON.stringify(text).slice(1, -1), percentEncoded(text)]);
  return [...written].flatMap((form) => {
    const bytes = Buffer.from(form);
    return [...[0, 1, 2].map((offset) => base64At(bytes, offset)), hexDigits(bytes)];
  });
}

/** Returns the text unchanged if it has a lone surrogate, which cannot be percent-encoded. */
function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Returns a pattern for `bytes` at one of the three alignments. Characters that depend only on
 * `bytes` must match. The characters at the two ends also depend on unknown neighbours, so any
 * characters may stand there.
 */
function base64At(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const shared = [0, 2, 3][offset] ?? 0;
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  const core = [...encoded.slice(shared, whole)].map(digit).join("");
  return `(?:${DIGIT}{${shared}})?${core}${DIGIT}?(?:=|%3[dD]){0,2}`;
}

function digit(char: string): string {
  if (char === "+") return `(?:${spellings("+")}|-)`;
  if (char === "/") return `(?:${spellings("/")}|_)`;
  return char;
}

function hexDigits(bytes: Buffer): string {
  return [...bytes].map((byte) => hex(byte, 2)).join("");
}
