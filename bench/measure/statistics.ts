/** Where the middle of a sample lies, and how far it spreads. */
export interface Summary {
  median: number;
  /** A twentieth of the values lie below, a twentieth above. */
  p5: number;
  p95: number;
  count: number;
}

export function summarize(values: readonly number[]): Summary {
  return {
    median: quantile(values, 0.5),
    p5: quantile(values, 0.05),
    p95: quantile(values, 0.95),
    count: values.length,
  };
}

/** The value below which the given share of the values lies; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
