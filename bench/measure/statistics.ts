import { quantile } from "../../local/command/quantile.ts";

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
