import { apply, method, native, parse, stringify } from "./primordials.ts";
import { finds } from "./textTests.ts";
import { wellFormed } from "./wellFormed.ts";

/**
 * Imitates two differences of the engine's JSON. `parse`: a lone half of a surrogate pair becomes
 * U+FFFD, escaped or not. `stringify` with an indentation: an empty object or array adds one step
 * to the indentation inside the objects and arrays that follow it in the same object or array,
 * because the engine does not reduce the indentation again.
 */
export function patchJson(): void {
  const parseLikeGo = (given: unknown, ...reviver: unknown[]): unknown =>
    apply(parse, JSON, [withoutLoneEscapes(wellFormed(`${given as string}`)), ...reviver]);
  method(JSON, "parse", native("parse", parseLikeGo, 2));
  const value = native(
    "stringify",
    (...args: unknown[]) => {
      const text = apply(stringify, JSON, args) as string | undefined;
      if (text === undefined || args[2] === undefined || !/[{[][}\]]/.test(text)) return text;
      const gap = gapOf(args[2]);
      return /^\s+$/.test(gap) ? indentAnew(text, gap) : text;
    },
    3,
  );
  method(JSON, "stringify", value);
}

const ESCAPES = /\\(?:u(d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|u(d[89a-f][0-9a-f]{2})|.)/gis;

function withoutLoneEscapes(text: string): string {
  if (!finds(/\\ud/i, text)) return text;
  return text.replace(ESCAPES, (part, _pair, half) => (half === undefined ? part : "\\ufffd"));
}

/**
 * Matches strings, the punctuation of JSON, and all other values, without the white space between
 * them.
 */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function indentAnew(text: string, gap: string): string {
  const open: { outside: string; separator: string }[] = [];
  let indent = "";
  let result = "";
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (/[}\]]/.test(token) && token.length === 1) {
      const closed = open.pop();
      const isEmpty = previous === "{" || previous === "[";
      // For an empty object or array, the engine removes the line break that it wrote, but keeps
      // the added indentation.
      if (!isEmpty && closed) {
        indent = closed.outside;
        result += `\n${indent}`;
      }
    } else if (previous === "{" || previous === "[") result += `\n${indent}`;
    if (token === ",") result += open.at(-1)?.separator ?? "";
    else result += token === ":" ? ": " : token;
    if (token === "{" || token === "[") {
      const outside = indent;
      indent += gap;
      open.push({ outside, separator: `,\n${indent}` });
    }
    previous = token;
  }
  return result;
}

function gapOf(space: unknown): string {
  const value = typeof space === "object" && space !== null ? space.valueOf() : space;
  if (typeof value === "string") return value.slice(0, 10);
  return typeof value === "number" ? "          ".slice(0, value < 1 ? 0 : value) : "";
}
