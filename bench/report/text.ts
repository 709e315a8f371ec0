import type { Summary } from "../measure/statistics.ts";

/** A median with its spread, for times far below a millisecond. */
export function spread({ median, p5, p95 }: Summary): string {
  return `${median.toFixed(3)} (${p5.toFixed(3)}–${p95.toFixed(3)})`;
}

export const fixed = (value: number) => value.toFixed(2);
export const thousands = (value: number) => value.toLocaleString("en");

/** Columns under a head, the first to the left and the others to the right. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)),
  );
  return [head, widths.map((width) => "─".repeat(width)), ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}
