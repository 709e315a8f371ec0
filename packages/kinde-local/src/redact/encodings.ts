import { hex, spellings } from "./spellings.ts";

/** One character of base64, of either alphabet. */
const DIGIT = "(?:[\\w+/-]|%2[bBfF])";

/**
 * Patterns for a text inside base64 (standard and url-safe) and inside hexadecimal digits. In
 * base64 three bytes are four characters, so a text looks different at each of three alignments.
 */
export function encodings(text: string): string[] {
  const written = new Set([text, JSON.stringify(text).slice(1, -1), percentEncoded(text)]);
  return [...written].flatMap((form) => {
    const bytes = Buffer.from(form);
    return [...[0, 1, 2].map((offset) => base64At(bytes, offset)), hexDigits(bytes)];
  });
}

/** A lone surrogate cannot be percent-encoded. */
function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The characters that `bytes` alone decide, and those at both ends that hold some of its bits. The
 * bytes before them are unknown.
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
