import { literalProperties } from "./literalProperties.ts";
import { finds, isAscii } from "./textTests.ts";
import { wellFormed } from "./wellFormed.ts";
import { widenBoundaries } from "./wordBoundary.ts";

/**
 * The engine has two matchers. Go's `regexp` takes a text from its start; regexp2 (a port of .NET's)
 * takes what Go's cannot: look-around, back references and named groups, a search that begins in
 * the middle, and all matches at once in a text that is not ASCII.
 * (Read in goja's regexp.go; the differences were recorded.)
 */
export interface Search {
  text: string;
  start: number;
  /** All matches at once: `replace`, `match` and `split`. */
  all: boolean;
}

/** A regular expression of V8 that finds what the engine's matcher finds, and where to search. */
export interface Twin {
  regexp: RegExp;
  text: string;
}

interface Twins {
  source: string;
  flags: string;
  isForRegexp2: boolean;
  hasProperty: boolean;
  /** `^` and `$` of the flag m, for which the engine knows no line break but \\n. */
  hasLines: boolean;
  go?: RegExp;
  dotNet?: RegExp;
}

const LOWER: Record<string, string> = {
  "\u0130": "i",
  "\u1e9e": "\u00df",
  "\u2126": "\u03c9",
  "\u212a": "k",
  "\u212b": "\u00e5",
};

export function makeTwins(source: string, flags: string): Twins | null {
  const hasProperty = finds(/\\[pP]\{/, source);
  const hasLines = flags.includes("m") && finds(/[$^]/, source);
  const hasOther = flags.includes("i") || finds(/\\[bB]/, source);
  if (!hasProperty && !hasLines && !hasOther) return null;
  const isForRegexp2 = finds(/\(\?[=!<]|\\[1-9k]/, source);
  return { source, flags, isForRegexp2, hasProperty, hasLines };
}

/** null where V8 finds the same by itself. */
export function twinFor(twins: Twins, search: Search, Native: RegExpConstructor): Twin | null {
  const { text } = search;
  const hasOddLines = twins.hasLines && finds(/[\r\u2028\u2029]/, text);
  if (!twins.hasProperty && !hasOddLines && isAscii(text)) return null;
  if (!isForRegexp2(twins, search)) {
    const hasLiteral = twins.hasProperty && twins.flags.includes("u");
    if (!hasLiteral && !hasOddLines) return null;
    const { source, flags } = onlyNewlines(twins);
    twins.go ??= new Native(flags.includes("u") ? literalProperties(source) : source, flags);
    return { regexp: twins.go, text };
  }
  twins.dotNet ??= dotNet(twins, Native);
  return { regexp: twins.dotNet, text: twins.flags.includes("i") ? lowered(text) : text };
}

function isForRegexp2({ isForRegexp2, flags }: Twins, { text, start, all }: Search): boolean {
  if (isForRegexp2) return true;
  if (!all) return start !== 0;
  return !isAscii(text) && !(flags.includes("u") && wellFormed(text) === text);
}

function onlyNewlines({ source, flags, hasLines }: Twins): { source: string; flags: string } {
  if (!hasLines) return { source, flags };
  let inClass = false;
  const own = source.replace(/\\.|[[\]^$]/gs, (part) => {
    if (part === "[") inClass = true;
    else if (part === "]") inClass = false;
    else if (!inClass && part === "^") return "(?<![^\\n])";
    else if (!inClass && part === "$") return "(?![^\\n])";
    return part;
  });
  return { source: own, flags: flags.replace("m", "") };
}

/** It knows `\\p{…}` without the flag u, too. The flag d tells where the groups are. */
function dotNet(twins: Twins, Native: RegExpConstructor): RegExp {
  const { hasProperty } = twins;
  const { source, flags } = onlyNewlines(twins);
  const isUnicode = hasProperty || flags.includes("u");
  const own = flags.replace("u", "");
  return new Native(widenBoundaries(source, isUnicode), `${own}d${isUnicode ? "u" : ""}`);
}

/** regexp2 compares small letters, where V8 compares capitals. */
function lowered(text: string): string {
  return text.replace(/[\u0130\u1e9e\u2126\u212a\u212b]/g, (letter) => LOWER[letter] ?? letter);
}
