import { alignColumns, columnWidths } from "../../local/command/table.ts";
import type { Summary } from "../measure/statistics.ts";

/** A median with its spread, for times far below a millisecond. */
export function spread({ median, p5, p95 }: Summary): string {
  return `${median.toFixed(3)} (${p5.toFixed(3)}–${p95.toFixed(3)})`;
}

export const fixed = (value: number) => value.toFixed(2);
export const thousands = (value: number) => value.toLocaleString("en");

/** A table with a line under its head. The first column is left-aligned, the others right-aligned. */
export function table(head: string[], rows: string[][]): string {
  const line = columnWidths([head, ...rows]).map((width) => "─".repeat(width));
  return alignColumns([head, line, ...rows], { numbers: true });
}
