import { NativeMath } from "../primordials.ts";

const view = new DataView(new ArrayBuffer(8));

/** The upper and the lower 32 bits of a number. */
export function wordsOf(x: number): [high: number, low: number] {
  view.setFloat64(0, x);
  return [view.getUint32(0), view.getUint32(4)];
}

export function fromWords(high: number, low: number): number {
  view.setUint32(0, high);
  view.setUint32(4, low);
  return view.getFloat64(0);
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Splits x into fraction × 2^exponent, with a fraction from 0.5 to 1. */
export function frexp(x: number): [fraction: number, exponent: number] {
  if (x === 0 || x - x !== 0) return [x, 0];
  if (NativeMath.abs(x) < SMALLEST_NORMAL) {
    const [fraction, exponent] = frexp(x * 2 ** 52);
    return [fraction, exponent - 52];
  }
  const [high, low] = wordsOf(x);
  const exponent = ((high >>> 20) & 0x7ff) - 1022;
  return [fromWords(((high & 0x800fffff) | (1022 << 20)) >>> 0, low), exponent];
}

/** Evaluates a polynomial by Horner's rule. The coefficient of the highest power comes first. */
export function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + (coefficients[i] as number);
  return sum;
}
