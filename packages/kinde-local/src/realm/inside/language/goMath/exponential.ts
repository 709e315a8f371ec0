import { NativeMath } from "../primordials.ts";
import { fma } from "./fma.ts";

const OVERFLOW = 709.782712893384;
const LN2_HIGH = 0.693147180559663;
const LN2_LOW = 2.8235290563031577e-13;
const TAYLOR = [1 / 40320, 1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5, 1];

/**
 * Go's `math.Exp` on amd64 (Shibata's method for SIMD): a Taylor series for a sixteenth of the
 * remainder, squared four times, with fused multiplications. Results below about 2^-1022 are 0.
 */
export function exp(x: number): number {
  if (x - x !== 0) return x === Number.NEGATIVE_INFINITY ? 0 : x;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  const exponent = roundToEven(NativeMath.LOG2E * x);
  if (exponent <= -1023) return 0;
  let rest = fma(-exponent, LN2_LOW, fma(-exponent, LN2_HIGH, x)) * 0.0625;
  let series = TAYLOR[0] as number;
  for (let i = 1; i < TAYLOR.length; i++) series = fma(series, rest, TAYLOR[i] as number);
  rest *= series;
  for (let i = 0; i < 3; i++) rest *= rest + 2;
  const fraction = fma(rest, rest + 2, 1);
  return exponent === 1024 ? fraction * 2 * 2 ** 1023 : fraction * 2 ** exponent;
}

function roundToEven(x: number): number {
  const floor = NativeMath.floor(x);
  const half = x - floor;
  if (half !== 0.5) return half < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
