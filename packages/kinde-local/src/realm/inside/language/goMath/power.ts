import { NativeMath } from "../primordials.ts";
import { exp } from "./exponential.ts";
import { frexp, fromWords, wordsOf } from "./floatBits.ts";
import { log } from "./logarithm.ts";

/** The cube root by the method of fdlibm: a rough estimate that is improved twice. */
export function cbrt(x: number): number {
  if (x === 0 || x - x !== 0) return x;
  const size = NativeMath.abs(x);
  const [high] = wordsOf(size);
  const isSubnormal = high < 0x00100000;
  let root = isSubnormal
    ? fromWords(NativeMath.floor(wordsOf(size * 2 ** 54)[0] / 3) + 696219795, 0)
    : fromWords(NativeMath.floor(high / 3) + 715094163, 0);
  const s = 19 / 35 + ((root * root) / size) * root;
  root *= 5 / 14 + 45 / 28 / (s + 99 / 70 + -864 / 1225 / s);
  root = rounded(root);
  const ratio = size / (root * root);
  root += root * ((ratio - root) / (root + root + ratio));
  return x < 0 ? -root : root;
}

/** Rounds up to 22 bits, so that the estimate is above the true root. */
function rounded(root: number): number {
  const [high, low] = wordsOf(root);
  const above = ((low & 0xc0000000) >>> 0) + 2 ** 30;
  return above < 2 ** 32 ? fromWords(high, above) : fromWords(high + 1, 0);
}

/** Go computes the integer part of y by repeated squaring, and the fraction with exp and log. */
export function pow(x: number, y: number): number {
  const exact = x ** y;
  const isSpecial = x - x !== 0 || y - y !== 0 || exact - exact !== 0 || x === 0 || exact === 0;
  if (isSpecial || (isWhole(x) && NativeMath.abs(exact) <= 2 ** 53 && isWhole(exact))) return exact;
  if (NativeMath.abs(y) === 0.5) return y > 0 ? NativeMath.sqrt(x) : 1 / NativeMath.sqrt(x);
  let whole = NativeMath.trunc(NativeMath.abs(y));
  let part = NativeMath.abs(y) - whole;
  if (whole >= 2 ** 63) return exact;
  let product = 1;
  if (part !== 0) {
    if (part > 0.5) {
      part--;
      whole++;
    }
    product = exp(part * log(x));
  }
  let exponent = 0;
  let [factor, factorExponent] = frexp(x);
  for (; whole !== 0; whole = NativeMath.floor(whole / 2)) {
    if (whole % 2 === 1) {
      product *= factor;
      exponent += factorExponent;
    }
    factor *= factor;
    factorExponent *= 2;
    if (factor < 0.5) {
      factor += factor;
      factorExponent--;
    }
  }
  if (y < 0) {
    product = 1 / product;
    exponent = -exponent;
  }
  return scale(product, exponent);
}

function isWhole(x: number): boolean {
  return NativeMath.trunc(x) === x;
}

function scale(x: number, exponent: number): number {
  if (NativeMath.abs(exponent) < 1000) return x * 2 ** exponent;
  const half = NativeMath.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}
