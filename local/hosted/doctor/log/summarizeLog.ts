import { type LoggedRun, parseLogLine } from "./parseLogLine.ts";

const SLOWEST = 5;
/** Upper ends of the bars of the histogram, in milliseconds. */
export const BARS_MS = [10, 30, 100, 300, 1000, 3000, Number.POSITIVE_INFINITY] as const;

export interface LogSummary {
  readonly runs: number;
  /** Lines that are not of this workflow. */
  readonly otherLines: number;
  readonly outcomes: Readonly<Record<LoggedRun["outcome"], number>>;
  /** How often each code occurs. */
  readonly codes: Readonly<Record<string, number>>;
  readonly slowest: readonly LoggedRun[];
  /** How many runs took less than each time of `BARS_MS`, and not less than the time before it. */
  readonly histogram: readonly number[];
  readonly medianMs: number | null;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** Sums up the lines of a log. It keeps counts and not the lines, so that a log may be long. */
export async function summarizeLog(
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<LogSummary> {
  const outcomes = { found: 0, missing: 0, failed: 0 };
  const codes: Record<string, number> = {};
  const histogram = BARS_MS.map(() => 0);
  const byMs = new Map<number, number>();
  let slowest: LoggedRun[] = [];
  let runs = 0;
  let otherLines = 0;
  let first: Date | null = null;
  let last: Date | null = null;
  for await (const line of lines) {
    const found = parseLogLine(line);
    if (found.length === 0 && line.trim() !== "") otherLines += 1;
    for (const run of found) {
      runs += 1;
      outcomes[run.outcome] += 1;
      if (run.code) codes[run.code] = (codes[run.code] ?? 0) + 1;
      const bar = BARS_MS.findIndex((end) => run.ms < end);
      histogram[bar] = (histogram[bar] ?? 0) + 1;
      byMs.set(run.ms, (byMs.get(run.ms) ?? 0) + 1);
      slowest = [...slowest, run].sort((one, other) => other.ms - one.ms).slice(0, SLOWEST);
      if (run.at && (first === null || run.at < first)) first = run.at;
      if (run.at && (last === null || run.at > last)) last = run.at;
    }
  }
  const medianMs = medianOf(byMs, runs);
  return {
    ...{ runs, otherLines, outcomes, slowest, histogram, medianMs, first, last },
    codes: Object.fromEntries(Object.entries(codes).sort(([, a], [, b]) => b - a)),
  };
}

function medianOf(counts: ReadonlyMap<number, number>, total: number): number | null {
  let seen = 0;
  for (const [ms, count] of [...counts].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen * 2 >= total) return ms;
  }
  return null;
}
