import { exp } from "./goMath/exponential.ts";
import { acosh, asinh, cosh, sinh, tanh } from "./goMath/hyperbolic.ts";
import { log, log2, log10 } from "./goMath/logarithm.ts";
import { cbrt, pow } from "./goMath/power.ts";
import { acos, asin, atan, atan2, cos, sin, tan } from "./goMath/trigonometry.ts";
import {
  asNative,
  defineProperty,
  getOwnPropertyNames,
  method,
  NativeMath,
} from "./primordials.ts";

type Unary = (x: number) => number;
const UNARY: Record<string, Unary> = {
  ...{ acos, acosh, asin, asinh, atan, cbrt, clz32, cos, cosh, exp },
  ...{ log, log10, log2, sin, sinh, tan, tanh },
};
type Binary = (x: number, y: number) => number;
const BINARY: Record<string, Binary> = { atan2, imul, pow };

/** The members of Math are in alphabetical order in the engine, except these. */
const MOVED: Record<string, string> = { atan2: "atanh", log10: "log1p" };

/**
 * Replaces functions of Math by Go's where they differ from V8's: in the last digit of many
 * results, and in the conversion of very big numbers to integers. The members also get the engine's
 * order.
 */
export function patchMath(global: object): void {
  const Patched = {};
  for (const name of ordered(getOwnPropertyNames(NativeMath))) {
    const descriptor = Object.getOwnPropertyDescriptor(NativeMath, name) as PropertyDescriptor;
    const [unary, binary] = [UNARY[name], BINARY[name]];
    if (unary) descriptor.value = unaryMethod(name, unary);
    if (binary) descriptor.value = binaryMethod(name, binary);
    defineProperty(Patched, name, descriptor);
  }
  const tag = { value: "Math", writable: false, enumerable: false, configurable: true };
  defineProperty(Patched, Symbol.toStringTag, tag);
  method(global, "Math", Patched);
}

// These methods declare their parameters, so that they have the right length and V8 can inline
// them.
function unaryMethod(name: string, run: Unary): unknown {
  return asNative({ [name]: (x: unknown) => run(+(x as number)) }[name] as object);
}

function binaryMethod(name: string, run: Binary): unknown {
  const holder = { [name]: (x: unknown, y: unknown) => run(+(x as number), +(y as number)) };
  return asNative(holder[name] as object);
}

function ordered(names: string[]): string[] {
  const isConstant = (name: string): boolean => name < "a";
  const sorted = names.sort((a, b) => (a < b ? -1 : 1));
  const functions = sorted.filter((name) => !isConstant(name) && !(name in MOVED));
  const inPlace = functions.flatMap((name) => {
    const moved = Object.keys(MOVED).find((key) => MOVED[key] === name);
    return moved === undefined ? [name] : [name, moved];
  });
  return [...sorted.filter(isConstant), ...inPlace];
}

/** Go converts a number of 2^63 or more to an integer whose lower 32 bits are 0. */
function lowerBits(x: number): number {
  return NativeMath.abs(x) < 2 ** 63 ? x >>> 0 : 0;
}

function clz32(x: number): number {
  return NativeMath.clz32(lowerBits(x));
}

function imul(x: number, y: number): number {
  return NativeMath.imul(lowerBits(x), lowerBits(y));
}
