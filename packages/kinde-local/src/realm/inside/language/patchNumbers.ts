import { apply, method, native } from "./primordials.ts";
import { toRadix } from "./toRadix.ts";

/**
 * The engine has no locales: `toLocaleString` is `toString`, without separators, and a locale is
 * taken for a radix, so `(1.5).toLocaleString("en")` throws a RangeError. Fractions in another radix
 * than 10 have the engine's digits.
 */
export function patchNumbers(): void {
  const numberToString = Number.prototype.toString;
  const bigintToString = BigInt.prototype.toString;
  const inRadix = function (this: unknown, radix: unknown): unknown {
    const isDecimal = radix === undefined || radix === 10;
    const value = isDecimal ? 0 : (this as number).valueOf();
    // V8 says what is wrong with `this` and with the radix.
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
