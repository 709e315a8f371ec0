import { NativeMath } from "../primordials.ts";
import { polynomial } from "./floatBits.ts";
import { reduceBig } from "./reduceBig.ts";

// The methods of the Cephes library, which Go's math package uses.

const SIN = [
  1.5896230157654656e-10, -2.5050747762857807e-8, 2.7557313621385722e-6, -0.0001984126982958954,
  0.008333333333322118, -0.1666666666666663,
];
const COS = [
  -1.1358536521387682e-11, 2.087570084197473e-9, -2.755731417929674e-7, 2.4801587288851704e-5,
  -0.0013888888888873056, 0.041666666666666595,
];
const TAN_P = [-13093.693918138379, 1153516.6483858742, -17956525.197648488];
const TAN_Q = [1, 13681.296347069296, -1320892.3444021097, 25008380.18233579, -53869575.592945464];
const ATAN_P = [
  -0.8750608600031904, -16.157537187333652, -75.00855792314705, -122.88666844901361,
  -64.85021904942025,
];
const ATAN_Q = [
  1, 24.858464901423062, 165.02700983169885, 432.88106049129027, 485.3903996359137,
  194.5506571482614,
];

/** From this value on, x must be reduced with many digits of pi. */
const BIG = 2 ** 29;

/** The octant of a positive x (an even number, modulo 8), and the remainder of x in it. */
function reduce(x: number): [octant: number, rest: number] {
  if (x >= BIG) return reduceBig(x);
  let octant = NativeMath.floor(x * (4 / NativeMath.PI));
  if (octant % 2 === 1) octant++;
  const rest =
    x -
    octant * 0.7853981256484985 -
    octant * 3.774894707930798e-8 -
    octant * 2.6951514290790595e-15;
  return [octant % 8, rest];
}

const sinOf = (z: number): number => z + z * (z * z) * polynomial(z * z, SIN);
const cosOf = (z: number): number => {
  const zz = z * z;
  return 1 - 0.5 * zz + zz * zz * polynomial(zz, COS);
};

export function sin(x: number): number {
  if (x === 0 || x - x !== 0) return x === 0 ? x : Number.NaN;
  const [octant, z] = reduce(NativeMath.abs(x));
  const y = octant % 4 === 2 ? cosOf(z) : sinOf(z);
  return x < 0 !== octant > 3 ? -y : y;
}

export function cos(x: number): number {
  if (x - x !== 0) return Number.NaN;
  const [octant, z] = reduce(NativeMath.abs(x));
  const y = octant % 4 === 2 ? sinOf(z) : cosOf(z);
  return octant === 2 || octant === 4 ? -y : y;
}

export function tan(x: number): number {
  if (x === 0 || x - x !== 0) return x === 0 ? x : Number.NaN;
  const [octant, z] = reduce(NativeMath.abs(x));
  const zz = z * z;
  const near = zz > 1e-14 ? z + z * ((zz * polynomial(zz, TAN_P)) / polynomial(zz, TAN_Q)) : z;
  const y = octant % 4 === 2 ? -1 / near : near;
  return x < 0 ? -y : y;
}

function atanNear0(x: number): number {
  const z = x * x;
  return x * ((z * polynomial(z, ATAN_P)) / polynomial(z, ATAN_Q)) + x;
}

const MORE_BITS = 6.123233995736766e-17;
const TAN_3_PI_8 = 2.414213562373095;

function atanPositive(x: number): number {
  if (x <= 0.66) return atanNear0(x);
  if (x > TAN_3_PI_8) return NativeMath.PI / 2 - atanNear0(1 / x) + MORE_BITS;
  return NativeMath.PI / 4 + atanNear0((x - 1) / (x + 1)) + 0.5 * MORE_BITS;
}

export function atan(x: number): number {
  if (x === 0) return x;
  return x < 0 ? -atanPositive(-x) : atanPositive(x);
}

export function asin(x: number): number {
  if (x === 0) return x;
  const size = NativeMath.abs(x);
  if (!(size <= 1)) return Number.NaN;
  const other = NativeMath.sqrt(1 - size * size);
  const angle =
    size > 0.7 ? NativeMath.PI / 2 - atanPositive(other / size) : atanPositive(size / other);
  return x < 0 ? -angle : angle;
}

export function acos(x: number): number {
  return NativeMath.PI / 2 - asin(x);
}

export function atan2(y: number, x: number): number {
  const isSpecial = x === 0 || y === 0 || x - x !== 0 || y - y !== 0;
  if (isSpecial) return NativeMath.atan2(y, x);
  const angle = atan(y / x);
  if (x > 0) return angle;
  return angle <= 0 ? angle + NativeMath.PI : angle - NativeMath.PI;
}
