/**
 * Returns a × b + c almost as if it were rounded only once: the rounding errors of the product and
 * of the sum are computed and added. Go uses the processor's fused multiply-add for this, which
 * JavaScript does not have. Only for numbers of moderate size.
 */
export function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const other = sum - product;
  return sum + (product - (sum - other) + (c - other) + productError(a, b, product));
}

/** The error of the rounded product (Dekker's method). */
function productError(a: number, b: number, product: number): number {
  const [a1, a2] = halves(a);
  const [b1, b2] = halves(b);
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

function halves(x: number): [number, number] {
  const scaled = 134_217_729 * x; // 2^27 + 1
  const high = scaled - (scaled - x);
  return [high, x - high];
}
