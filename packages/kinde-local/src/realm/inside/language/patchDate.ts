import { parseDate } from "./parseDate.ts";
import {
  apply,
  asNative,
  construct,
  defineProperty,
  getOwnPropertyNames,
  method,
  NativeDate,
  native,
} from "./primordials.ts";

type Part =
  | "FullYear"
  | "Month"
  | "Date"
  | "Day"
  | "Hours"
  | "Minutes"
  | "Seconds"
  | "Milliseconds";
const PARTS: Part[] = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"];

/**
 * Replaces Date by one like the engine's: it parses only the engine's formats, `toLocale…` has one
 * fixed format, and local time is UTC. (Kinde's servers do not use the time zone of this machine
 * either.)
 */
export function patchDate(global: object): void {
  const proto = NativeDate.prototype;
  const Patched = function (this: unknown, ...args: unknown[]): unknown {
    if (!new.target) return new Patched().toString();
    return construct(NativeDate, timeArguments(args), new.target);
  } as unknown as DateConstructor;
  for (const name of ["UTC", "now"] as const) method(Patched, name, NativeDate[name]);
  method(
    Patched,
    "parse",
    native("parse", (text: unknown) => parseDate(`${text}`), 1),
  );
  defineProperty(Patched, "prototype", { value: proto, writable: false });
  defineProperty(Patched, "name", { value: "Date", configurable: true });
  defineProperty(Patched, "length", { value: 7, configurable: true });
  method(proto, "constructor", Patched);
  useUtc(proto);
  const { toISOString } = proto;
  method(
    proto,
    "toISOString",
    // Go writes a year with at least four digits, and with a sign below 0 or above 9999. V8 adds
    // zeros up to six digits after a sign.
    native("toISOString", function () {
      return (apply(toISOString, this, []) as string).replace(/^([+-])00?/, "$1");
    }),
  );
  for (const [name, format] of Object.entries(FORMATS)) {
    method(
      proto,
      name,
      native(name, function () {
        const date = this as Date;
        return Number.isNaN(date.getTime()) ? "Invalid Date" : format(date);
      }),
    );
  }
  method(global, "Date", asNative(Patched));
}

function timeArguments(args: unknown[]): unknown[] {
  if (args.length === 0) return [];
  if (args.length > 1) return [apply(NativeDate.UTC, NativeDate, args)];
  const [value] = args;
  if (value instanceof NativeDate) return [value.getTime()];
  const primitive = toPrimitive(value);
  return [typeof primitive === "string" ? parseDate(primitive) : primitive];
}

function toPrimitive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const number = value.valueOf();
  return typeof number === "object" ? `${value}` : number;
}

function useUtc(proto: Date): void {
  const names = getOwnPropertyNames(proto);
  for (const part of [...PARTS, "Day" as const]) {
    const members = proto as unknown as Record<string, unknown>;
    for (const verb of ["get", "set"]) {
      if (!names.includes(`${verb}UTC${part}`)) continue;
      const utc = members[`${verb}UTC${part}`] as () => number;
      method(
        proto,
        `${verb}${part}`,
        native(
          `${verb}${part}`,
          function (...args: unknown[]) {
            return apply(utc, this, args);
          },
          utc.length,
        ),
      );
    }
  }
  method(
    proto,
    "getTimezoneOffset",
    native("getTimezoneOffset", function () {
      const time = (this as Date).getTime();
      return time - time;
    }),
  );
}

const two = (value: number): string => `${value}`.padStart(2, "0");
const DAYS = "Sun,Mon,Tue,Wed,Thu,Fri,Sat".split(",");
const MONTHS = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec".split(",");

const year = (date: Date): string => {
  const number = date.getUTCFullYear();
  return (number < 0 ? "-" : "") + `${Math.abs(number)}`.padStart(4, "0");
};
const clock = (date: Date): string =>
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
const day = (date: Date): string =>
  `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${year(date)}`;
const slashes = (date: Date): string =>
  `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${year(date)}`;

const FORMATS: Record<string, (date: Date) => string> = {
  toString: (date: Date) => `${day(date)} ${clock(date)} GMT+0000 (UTC)`,
  toDateString: day,
  toTimeString: (date: Date) => `${clock(date)} GMT+0000 (UTC)`,
  toLocaleString: (date: Date) => `${slashes(date)}, ${clock(date)}`,
  toLocaleDateString: slashes,
  toLocaleTimeString: clock,
};
