import { apply, method, native } from "./primordials.ts";

/**
 * goja's `toLocaleString` of numbers is `toString` under another name: no grouping, and a locale is
 * taken for a radix, so `(1.5).toLocaleString("en")` throws a RangeError.
 */
export function patchNumbers(): void {
  const numberToString = Number.prototype.toString;
  const bigintToString = BigInt.prototype.toString;
  method(
    Number.prototype,
    "toLocaleString",
    native("toLocaleString", function (...args: unknown[]) {
      return apply(numberToString, this, args);
    }),
  );
  method(
    BigInt.prototype,
    "toLocaleString",
    native("toLocaleString", function (...args: unknown[]) {
      return apply(bigintToString, this, args);
    }),
  );
}
