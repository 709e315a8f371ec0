import { apply, method, NativeArray, native } from "./primordials.ts";
import { wellFormed } from "./wellFormed.ts";

/** These turn the text into a Go string and back, so lone surrogates become U+FFFD. */
const THROUGH_GO = [
  ...["toLowerCase", "toUpperCase", "trim", "trimStart", "trimEnd", "normalize"],
  "localeCompare",
] as const;
const LOWER = "toLowerCase";
const UPPER = "toUpperCase";

type Run = (text: string, args: unknown[]) => unknown;

/**
 * The engine has no locales: `localeCompare` takes no options (no numeric order), and the
 * `toLocale…Case` methods are the plain ones. It loses the first unit of a repeated text that is not
 * ASCII, and splits texts as UTF-8.
 */
export function patchStrings(): void {
  const proto = String.prototype;
  const { localeCompare, repeat, split } = proto;
  const replace = (name: string, length: number, run: Run): void => {
    const value = native(name, function (...args: unknown[]) {
      if (this === undefined || this === null) {
        throw new TypeError(`String.prototype.${name} called on null or undefined`);
      }
      return run(`${this as string}`, args);
    });
    Object.defineProperty(value, "length", { value: length, configurable: true });
    method(proto, name, value);
  };
  for (const name of THROUGH_GO) {
    const original = proto[name] as (this: string) => unknown;
    replace(name, original.length, (text, args) => apply(original, wellFormed(text), args));
  }
  const { [LOWER]: lower, [UPPER]: upper } = proto;
  replace("toLocaleLowerCase", 0, (text) => apply(lower, text, []));
  replace("toLocaleUpperCase", 0, (text) => apply(upper, text, []));
  replace("localeCompare", 1, (text, [that]) =>
    apply(localeCompare, comparable(text), [comparable(`${that as string}`)]),
  );
  replace("repeat", 1, (text, args) => {
    const repeated = apply(repeat, text, args) as string;
    return isAscii(text) ? repeated : repeated.slice(1);
  });
  const splitValue = native("split", function (separator: unknown, limit: unknown) {
    const isPlain = typeof this === "string" && typeof separator === "string";
    if (!isPlain || (isAscii(this) && separator !== "")) return apply(split, this, [separator, limit]);
    const text = wellFormed(this);
    if (separator !== "") return apply(split, text, [wellFormed(separator), limit]);
    const characters = NativeArray.from(text);
    const count = limit === undefined ? characters.length : (limit as number) >>> 0;
    return characters.slice(0, count);
  });
  Object.defineProperty(splitValue, "length", { value: 2, configurable: true });
  method(proto, "split", splitValue);
}

/** Go's collation puts U+FFFD among the symbols, V8's after all letters. */
function comparable(text: string): string {
  return replaceUnknown(wellFormed(text));
}

function replaceUnknown(text: string): string {
  if (!text.includes("\uFFFD")) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    result += unit === "\uFFFD" ? "\uFFFC" : unit;
  }
  return result;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
