import { NativeDate } from "./primordials.ts";

const nativeParse = NativeDate.parse;

/** A date, then an optional time, which may have a zone. No format has a zone without a time. */
const ISO =
  /^(?:\d{4}|[+-]\d{6})(?:-(\d\d)(?:-(\d\d))?)?(?:(T(?:[01]\d|2[0-3]):\d\d(?::\d\d(?:[.,]\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;
/** Go accepts only the first three letters of a day's or month's name, in upper or lower case. */
const NAMES =
  /\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b/gi;
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
const MONTH = `(?:${MONTHS})`;
/** Go does not accept the hour 24. */
const TIME = "(?:[01]\\d|2[0-3]):\\d\\d:\\d\\d";
const ZONE = "(?:[A-Z]{3,4}|(?:GMT)?[+-]\\d\\d:?\\d\\d(?: \\([^)]*\\))?)";
const LAYOUTS = [
  // Mon, 02 Jan 2006 15:04:05 MST
  new RegExp(`^${DAY}, \\d{1,2} ${MONTH} \\d{4} ${TIME} ${ZONE}$`),
  // Mon Jan 02 2006 15:04:05 GMT-0700 (MST)
  new RegExp(`^${DAY} ${MONTH} \\d\\d \\d{4} ${TIME} ${ZONE}$`),
  // Mon Jan _2 15:04:05 MST 2006, with or without the zone
  new RegExp(`^${DAY} ${MONTH} {1,2}\\d{1,2} ${TIME} (?:${ZONE} )?\\d{4}$`),
  // Jan _2, 2006
  new RegExp(`^${MONTH} {1,2}\\d{1,2}, \\d{4}$`),
];

/** The only numeric format with a space: with seconds, an optional fraction, and no zone. */
const SQL = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:[.,]\d+)?)$/;

/**
 * Parses the formats that goja parsed until 2024-09-24 (later versions have another parser). For
 * all others the result is NaN, for example for "2024-01-02 03:04" and for what PostgreSQL prints,
 * "2024-01-02 03:04:05+00". A time without a zone is UTC.
 */
export function parseDate(given: string): number {
  const text = given.replace(SQL, "$1T$2");
  const iso = ISO.exec(text);
  if (iso) return parseIso(text, iso);
  const named = text.replace(
    NAMES,
    (name) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase(),
  );
  if (!LAYOUTS.some((layout) => layout.test(named)) || isBeyondMonth(named)) return Number.NaN;
  return nativeParse(
    /GMT|UTC|[+-]\d\d:?\d\d|[A-Z]{3}(?: \d{4})?$/.test(named) ? named : `${named} UTC`,
  );
}

/** V8 reads 31 February as 2 or 3 March, but Go refuses it. */
function isBeyondMonth(text: string): boolean {
  const month = MONTHS.split("|").findIndex((name) => text.includes(name));
  const day = /(?:^|[ ,])(\d{1,2})(?=[ ,])/.exec(text)?.[1];
  const year = /(?<![+-])\b\d{4}\b/.exec(text)?.[0];
  return Number(day) > daysOf(Number(year), month);
}

function daysOf(year: number, month: number): number {
  return new NativeDate(NativeDate.UTC(year, month + 1, 0)).getUTCDate();
}

function parseIso(text: string, [, , day, time, zone]: RegExpExecArray): number {
  const offset = zone ? zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2") : "Z";
  const local = zone ? text.slice(0, -zone.length) : text;
  const at =
    time === undefined && zone === undefined
      ? nativeParse(text)
      : nativeParse(local.replace(",", ".") + offset);
  if (day !== undefined && !Number.isNaN(at)) {
    const month = nativeParse(`${local.slice(0, local.length - (time?.length ?? 0) - 3)}`);
    const date = new NativeDate(month);
    if (Number(day) > daysOf(date.getUTCFullYear(), date.getUTCMonth())) return Number.NaN;
  }
  return at;
}
