import { literalProperties } from "./literalProperties.ts";
import { finds, isAscii } from "./textTests.ts";
import { wellFormed } from "./wellFormed.ts";
import { widenBoundaries } from "./wordBoundary.ts";

/**
 * A search. The engine has two matchers. Go's `regexp` searches from the start of a string. regexp2
 * (a port of .NET's matcher) does what Go's cannot do: look-around, back references and named
 * groups, searches that begin in the middle, and all matches at once in a string that is not ASCII
 * (unless the flag u is set and the string has no lone surrogate). (Read in goja's regexp.go; the
 * differences were recorded.)
 */
export interface Search {
  text: string;
  start: number;
  /** Whether all matches are searched at once, as in `replace`, `match` and `split`. */
  all: boolean;
}

/**
 * A regular expression with which V8 finds the same as the engine's matcher, and the string to
 * search.
 */
export interface Twin {
  regexp: RegExp;
  text: string;
}

interface Twins {
  source: string;
  flags: string;
  isForRegexp2: boolean;
  hasProperty: boolean;
  /**
   * Whether the pattern has `^` or `$`, together with the flag m. For both, the engine accepts only
   * a line feed as a line break.
   */
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

/** The twin for a search, or null if V8 finds the same without one. */
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

/**
 * A twin for regexp2, which also supports `\p{…}` without the flag u. The flag d adds the
 * positions of the groups.
 */
function dotNet(twins: Twins, Native: RegExpConstructor): RegExp {
  const { hasProperty } = twins;
  const { source, flags } = onlyNewlines(twins);
  const isUnicode = hasProperty || flags.includes("u");
  const own = flags.replace("u", "");
  return new Native(widenBoundaries(source, isUnicode), `${own}d${isUnicode ? "u" : ""}`);
}

/** To ignore case, regexp2 compares lower-case letters, but V8 compares upper-case letters. */
function lowered(text: string): string {
  return text.replace(/[\u0130\u1e9e\u2126\u212a\u212b]/g, (letter) => LOWER[letter] ?? letter);
}
