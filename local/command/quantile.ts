/**
 * The value below which the given share of the values lies.
 *
 * @param share from 0 to 1: 0.5 gives the median, 1 the largest value
 * @returns NaN if there are no values
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
