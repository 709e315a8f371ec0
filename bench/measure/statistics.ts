import { quantile } from "../../local/command/quantile.ts";

/** The median of a sample and its spread. */
export interface Summary {
  median: number;
  /** The 5th and the 95th percentile. */
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
