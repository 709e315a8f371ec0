import { NativeMath } from "../primordials.ts";
import { exp } from "./exponential.ts";
import { polynomial } from "./floatBits.ts";
import { log } from "./logarithm.ts";

const SINH_P = [-26.30563213397497, -2894.211355989564, -89912.72022039509, -630767.3640497717];
const SINH_Q = [1, -173.6789535582337, 15215.17378790019, -630767.3640497717];
const TANH_P = [-0.9643991794250523, -99.28772310019185, -1614.6876844170845];
const TANH_Q = [1, 112.81167849163293, 2235.4883906010045, 4844.063053251255];

export function sinh(x: number): number {
  if (x === 0) return x;
  const size = NativeMath.abs(x);
  const y = sinhPositive(size);
  return x < 0 ? -y : y;
}

function sinhPositive(x: number): number {
  if (x > 21) return exp(x) * 0.5;
  if (x > 0.5) return (exp(x) - 1 / exp(x)) * 0.5;
  const square = x * x;
  return (polynomial(square, SINH_P) * x) / polynomial(square, SINH_Q);
}

export function cosh(x: number): number {
  const power = exp(NativeMath.abs(x));
  return NativeMath.abs(x) > 21 ? power * 0.5 : (power + 1 / power) * 0.5;
}

export function tanh(x: number): number {
  const size = NativeMath.abs(x);
  if (size > 44.014845965556525) return x < 0 ? -1 : 1;
  if (size >= 0.625) {
    const y = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -y : y;
  }
  if (!(size > 0)) return x;
  const square = x * x;
  return x + (x * square * polynomial(square, TANH_P)) / polynomial(square, TANH_Q);
}

const LARGE = 2 ** 28;

export function asinh(x: number): number {
  const size = NativeMath.abs(x);
  if (!(size > 2) || size === Number.POSITIVE_INFINITY) return NativeMath.asinh(x);
  const y =
    size > LARGE
      ? log(size) + NativeMath.LN2
      : log(2 * size + 1 / (NativeMath.sqrt(size * size + 1) + size));
  return x < 0 ? -y : y;
}

export function acosh(x: number): number {
  if (!(x > 2) || x === Number.POSITIVE_INFINITY) return NativeMath.acosh(x);
  return x >= LARGE ? log(x) + NativeMath.LN2 : log(2 * x - 1 / (x + NativeMath.sqrt(x * x - 1)));
}
