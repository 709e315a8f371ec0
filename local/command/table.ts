type Rows = readonly (readonly string[])[];

/**
 * Aligns the cells of each column, two spaces apart, without spaces at the end of a line.
 *
 * @param options.numbers aligns every column but the first on the right
 */
export function alignColumns(rows: Rows, { numbers = false } = {}): string {
  const widths = columnWidths(rows);
  const align = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return numbers && column > 0 ? cell.padStart(width) : cell.padEnd(width);
  };
  return rows.map((row) => row.map(align).join("  ").trimEnd()).join("\n");
}

/** The length of the longest cell of each column. */
export function columnWidths(rows: Rows): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
}
