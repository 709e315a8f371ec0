import { host } from "../realmInput.ts";
import { GoError } from "./goError.ts";
import { dataOf } from "./goValues.ts";
import { apply, isArray, keys, NativeDate, stringify } from "./primordials.ts";
import { wellFormed } from "./wellFormed.ts";

const toISO = NativeDate.prototype.toISOString;
const getTime = NativeDate.prototype.getTime;
const taggedAs = Object.prototype.toString;
const BOXES = ["String", "Number", "Boolean", "BigInt"].map((name) => `[object ${name}]`);

/**
 * Converts a value to JSON like Kinde: the engine exports it to Go, and Go marshals it. undefined
 * becomes null (also inside an object, where JSON.stringify drops it), a Date becomes an RFC 3339
 * string, a bigint a number, a Map a list of pairs, `arguments` a list, bytes become base64, a
 * Proxy becomes {}, and an Error an object of its enumerable members (often {}).
 * `lenient` is for log lines, which must not fail: a value that Go cannot marshal becomes a string
 * that describes it.
 */
export function toGoJson(value: unknown, lenient = false): string {
  return write(value, lenient, []);
}

function write(value: unknown, lenient: boolean, open: object[]): string {
  if (mayBeProxy(value) && host.isProxy(value)) {
    // Go represents a proxy as a struct without any members that JSON shows.
    const data = dataOf(value);
    return data === undefined ? "{}" : write(data, lenient, open);
  }
  switch (typeof value) {
    case "string":
      return quote(value);
    case "boolean":
    case "bigint":
      return `${value}`;
    case "number":
      return number(value, lenient);
    case "symbol":
      return quote(value.description ?? "");
    case "function":
      return lenient ? '"[function]"' : unsupported("type: func(goja.FunctionCall) goja.Value");
    case "object":
      return value === null ? "null" : object(value, lenient, open);
    default:
      return "null";
  }
}

function mayBeProxy(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Go's strings are UTF-8, so half a surrogate pair is lost. */
function quote(text: string): string {
  return stringify(wellFormed(text));
}

function number(value: number, lenient: boolean): string {
  if (value === 0 && 1 / value < 0) return "-0"; // Go writes the sign
  if (value - value === 0) return `${value}`;
  return lenient ? `"${value}"` : unsupported(`value: ${value}`);
}

function object(value: object, lenient: boolean, open: object[]): string {
  if (includes(open, value)) {
    return lenient ? '"[cyclic]"' : unsupported("value: encountered a cycle");
  }
  open[open.length] = value;
  const text = content(value, (item) => write(item, lenient, open));
  open.length--;
  return text;
}

function includes(values: readonly object[], value: object): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === value) return true;
  return false;
}

function content(value: object, nested: (item: unknown) => string): string {
  if (isArray(value)) return list(value, nested);
  if (value instanceof NativeDate) return date(value);
  if (value instanceof Map) return list([...value], nested);
  if (value instanceof Set) return list([...value], nested);
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray)
    return stringify(base64(value));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return list(Array.from(value as unknown as ArrayLike<unknown>), nested);
  }
  const tag = apply(taggedAs, value, []) as string;
  if (tag === "[object Arguments]" && !(Symbol.toStringTag in value)) {
    return list(Array.from(value as ArrayLike<unknown>), nested);
  }
  if (BOXES.includes(tag)) {
    return nested((value as { valueOf(): unknown }).valueOf());
  }
  return members(value, nested);
}

function list(values: readonly unknown[], nested: (item: unknown) => string): string {
  let text = "";
  for (let i = 0; i < values.length; i++) text += (i > 0 ? "," : "") + nested(values[i]);
  return `[${text}]`;
}

function members(value: object, nested: (item: unknown) => string): string {
  let text = "";
  for (const key of keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    text += `${text === "" ? "" : ","}${quote(key)}:${nested(item)}`;
  }
  return `{${text}}`;
}

/** Formats a date like Go, without trailing zeros in the fraction. An invalid date becomes nil. */
function date(value: Date): string {
  const time = apply(getTime, value, []) as number;
  if (Number.isNaN(time)) return "null";
  const iso = apply(toISO, value, []) as string;
  return stringify(iso.replace(/\.?0*Z$/, "Z"));
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    text += BASE64.charAt(a >> 2) + BASE64.charAt(((a & 3) << 4) | (b >> 4));
    text += i + 1 < bytes.length ? BASE64.charAt(((b & 15) << 2) | (c >> 6)) : "=";
    text += i + 2 < bytes.length ? BASE64.charAt(c & 63) : "=";
  }
  return text;
}

function unsupported(what: string): never {
  throw new GoError(`json: unsupported ${what}`);
}
