import { finds } from "./textTests.ts";

/** The letters, marks, digits and connectors of .NET. Without the flag u, only those of the BMP. */
let bmpWord: string | undefined;

/**
 * Replaces `\b` and `\B` by patterns that recognize the letters of all languages. `\w` still
 * matches only ASCII.
 */
export function widenBoundaries(source: string, isUnicode: boolean): string {
  let inClass = false;
  return source.replace(/\\.|[[\]]/gs, (part) => {
    if (part === "[") inClass = true;
    else if (part === "]") inClass = false;
    else if (!inClass && part === "\\b") return boundary(isUnicode, "(?!", "(?=");
    else if (!inClass && part === "\\B") return boundary(isUnicode, "(?=", "(?!");
    return part;
  });
}

function boundary(isUnicode: boolean, afterWord: string, afterOther: string): string {
  bmpWord ??= makeBmpWord();
  const word = isUnicode ? "[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}\u200c\u200d]" : bmpWord;
  return `(?:(?<=${word})${afterWord}${word})|(?<!${word})${afterOther}${word}))`;
}

function makeBmpWord(): string {
  const isWord = /[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]/u;
  const hex = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
  let ranges = "";
  let start = -1;
  for (let unit = 0; unit <= 0x10000; unit++) {
    const isIn = unit < 0x10000 && finds(isWord, String.fromCharCode(unit));
    if (isIn && start < 0) start = unit;
    if (!isIn && start >= 0) {
      ranges += `${hex(start)}-${hex(unit - 1)}`;
      start = -1;
    }
  }
  return `[${ranges}]`;
}
