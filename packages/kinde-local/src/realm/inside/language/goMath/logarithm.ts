import { NativeMath } from "../primordials.ts";
import { frexp, fromWords, wordsOf } from "./floatBits.ts";

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/**
 * Go's `math.Log` on amd64: FreeBSD's method, but with one formula for all positive finite numbers.
 * The exponent is read directly from the bits. So for a subnormal number the result is wrong, as in
 * Go: it is the logarithm of a number between 2^-1023 and 2^-1022.
 */
export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return NativeMath.log(x);
  const [high, low] = wordsOf(x);
  let exponent = ((high >>> 20) & 0x7ff) - 1022;
  let fraction = fromWords((high & 0xfffff) | (1022 << 20), low);
  if (fraction < NativeMath.SQRT1_2) {
    fraction *= 2;
    exponent--;
  }
  const f = fraction - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const t1 = s2 * (L1 + s4 * (L3 + s4 * (L5 + s4 * L7)));
  const t2 = s4 * (L2 + s4 * (L4 + s4 * L6));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + t1 + t2) + exponent * LN2_LOW) - f);
}

/** Go separates the power of two first, so that the logarithm of a power of two is exact. */
export function log2(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return NativeMath.log2(x);
  const [fraction, exponent] = frexp(x);
  return fraction === 0.5 ? exponent - 1 : log(fraction) * (1 / NativeMath.LN2) + exponent;
}

export function log10(x: number): number {
  return log(x) * Math.LOG10E;
}
