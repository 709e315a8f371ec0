import { NativeMath } from "../primordials.ts";

const PRECISION = 1300n;
let fourOverPi: bigint | undefined;

/**
 * Reduces a big x modulo pi / 4, as Go does from 2^29 on (the method of Payne and Hanek): it
 * multiplies x exactly by 4 / pi and keeps 64 bits of the fraction.
 */
export function reduceBig(x: number): [octant: number, rest: number] {
  fourOverPi ??= (4n << (2n * PRECISION)) / pi();
  const product = BigInt(x) * fourOverPi;
  let octant = Number((product >> PRECISION) & 7n);
  const fraction = (product >> (PRECISION - 64n)) & 0xffffffffffffffffn;
  let rest = truncated(fraction);
  if (octant % 2 === 1) {
    octant = (octant + 1) % 8;
    rest--;
  }
  return [octant, rest * (NativeMath.PI / 4)];
}

/**
 * Converts a fraction of 64 bits to a number. The number holds 53 bits, and the others are cut off.
 */
function truncated(fraction: bigint): number {
  let surplus = 0n;
  while (fraction >> (surplus + 53n) !== 0n) surplus++;
  return Number((fraction >> surplus) << surplus) / 2 ** 64;
}

/** Machin's formula: pi = 16 atan(1/5) - 4 atan(1/239). */
function pi(): bigint {
  const guard = 32n;
  return (16n * atanOfInverse(5n, guard) - 4n * atanOfInverse(239n, guard)) >> guard;
}

function atanOfInverse(n: bigint, guard: bigint): bigint {
  let power = (1n << (PRECISION + guard)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= -n * n;
    sum += power / k;
  }
  return sum;
}
