import { apply, method, native } from "./primordials.ts";
import { toRadix } from "./toRadix.ts";

/**
 * The engine has no locales. `toLocaleString` is `toString`, which writes no separators and uses
 * the locale as a radix, so `(1.5).toLocaleString("en")` throws a RangeError. Fractions and very
 * big numbers in a radix other than 10 get the engine's digits.
 */
export function patchNumbers(): void {
  const numberToString = Number.prototype.toString;
  const bigintToString = BigInt.prototype.toString;
  const inRadix = function (this: unknown, radix: unknown): unknown {
    const isDecimal = radix === undefined || radix === 10;
    const value = isDecimal ? 0 : (this as number).valueOf();
    // V8 throws the right errors for a wrong `this` and a wrong radix.
    const text = apply(numberToString, this, [radix]);
    const isWhole = value % 1 === 0 && value < 2 ** 53 && value > -(2 ** 53);
    return isWhole || value - value !== 0 ? text : toRadix(value, Math.trunc(Number(radix)));
  };
  method(Number.prototype, "toString", native("toString", inRadix, 1));
  method(Number.prototype, "toLocaleString", native("toLocaleString", inRadix));
  method(
    BigInt.prototype,
    "toLocaleString",
    native("toLocaleString", function (...args: unknown[]) {
      return apply(bigintToString, this, args);
    }),
  );
}
