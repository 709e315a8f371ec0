import { wordsOf } from "./goMath/floatBits.ts";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Writes a fraction, or a number above 2^53, in a radix, like the engine: the shortest digits that
 * read back as the same number (Gay's method; V8 uses another one), all digits of a big whole
 * number, and no sign before "0.".
 */
export function toRadix(value: number, radix: number): string {
  const size = value < 0 ? -value : value;
  const whole = BigInt(size - (size % 1));
  const text = wholeDigits(whole, radix);
  const signed = value < 0 && whole !== 0n ? `-${text}` : text;
  return size % 1 === 0 ? signed : `${signed}.${fraction(size, radix)}`;
}

function wholeDigits(whole: bigint, radix: number): string {
  let text = "";
  for (let rest = whole; rest !== 0n; rest /= BigInt(radix)) {
    text = DIGITS.charAt(Number(rest % BigInt(radix))) + text;
  }
  return text === "" ? "0" : text;
}

function fraction(size: number, radix: number): string {
  const [high, low] = wordsOf(size);
  const exponent = high >>> 20;
  const isPowerOfTwo = low === 0 && (high & 0xfffff) === 0 && exponent > 1;
  // `one`, `rest`, `below` and `above` count units of half the distance from `size` to the next
  // smaller number.
  const bits = 1076 - (exponent || 1) + (isPowerOfTwo ? 1 : 0);
  const one = 1n << BigInt(bits);
  const base = BigInt(radix);
  const isEven = (low & 1) === 0;
  let rest = scaled(size % 1, bits);
  let below = 1n;
  let above = isPowerOfTwo ? 2n : 1n;
  let text = "";
  for (;;) {
    rest *= base;
    below *= base;
    above *= base;
    const digit = Number(rest / one);
    rest %= one;
    const isLowEnough = rest < below || (rest === below && isEven);
    const isHighEnough = rest > one - above;
    const isBorder = rest === one - above && isEven;
    if (!isLowEnough && !isHighEnough && !isBorder) {
      text += DIGITS.charAt(digit);
      continue;
    }
    const isUp = isBorder ? rest > below : isHighEnough && (!isLowEnough || rest * 2n > one);
    return text + DIGITS.charAt(isUp ? digit + 1 : digit);
  }
}

/** Returns part × 2^bits without rounding. */
function scaled(part: number, bits: number): bigint {
  let mantissa = part;
  let shift = bits;
  while (mantissa % 1 !== 0) {
    mantissa *= 2;
    shift--;
  }
  return BigInt(mantissa) << BigInt(shift);
}
