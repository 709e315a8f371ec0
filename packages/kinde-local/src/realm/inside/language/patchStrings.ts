import { apply, method, native } from "./primordials.ts";
import { splitText } from "./splitText.ts";
import { isAscii } from "./textTests.ts";
import { wellFormed } from "./wellFormed.ts";

type Run = (text: string, ...args: unknown[]) => unknown;

/**
 * Imitates the engine's string methods. The engine has no locales: `localeCompare` ignores its
 * options (for example numeric order), and `toLocale…Case` equals `to…Case`. Methods that work on
 * Go strings turn lone surrogates into U+FFFD. The result of `repeat` lacks its first code unit if
 * the string is not ASCII.
 */
export function patchStrings(): void {
  const { localeCompare, normalize, repeat, split, toLowerCase, toUpperCase } = String.prototype;
  const { trim, trimEnd, trimStart } = String.prototype;
  const lower: Run = (text) => apply(toLowerCase, wellFormed(text), []);
  const upper: Run = (text) => apply(toUpperCase, wellFormed(text), []);
  replace("toLowerCase", 0, lower);
  replace("toUpperCase", 0, upper);
  replace("toLocaleLowerCase", 0, lower);
  replace("toLocaleUpperCase", 0, upper);
  replace("trim", 0, (text) => apply(trim, wellFormed(text), []));
  replace("trimStart", 0, (text) => apply(trimStart, wellFormed(text), []));
  replace("trimEnd", 0, (text) => apply(trimEnd, wellFormed(text), []));
  replace("normalize", 0, (text, ...form) => apply(normalize, wellFormed(text), form));
  replace("localeCompare", 1, (text, that) =>
    apply(localeCompare, comparable(text), [comparable(`${that as string}`)]),
  );
  replace("repeat", 1, (text, count) => {
    const repeated = apply(repeat, text, [count]) as string;
    return isAscii(text) ? repeated : repeated.slice(1);
  });
  method(String.prototype, "split", splitText(split));
}

function replace(name: string, length: number, run: Run): void {
  const value = native(
    name,
    function (...args: unknown[]) {
      if (this !== undefined && this !== null) return run(`${this as string}`, ...args);
      throw new TypeError(`String.prototype.${name} called on null or undefined`);
    },
    length,
  );
  method(String.prototype, name, value);
}

/** Go sorts U+FFFD with the symbols, as it sorts U+FFFC. V8 sorts it after all letters. */
function comparable(text: string): string {
  const known = wellFormed(text);
  return known.includes("\uFFFD") ? known.split("\uFFFD").join("\uFFFC") : known;
}
