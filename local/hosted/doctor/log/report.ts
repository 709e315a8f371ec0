import { alignColumns } from "../../../command/table.ts";
import { BARS_MS, type LogSummary } from "./summarizeLog.ts";

const WIDEST_BAR = 40;

/**
 * Whether the log has runs, and none of them failed or has a code. A user without a row is not a
 * failure.
 */
export function isLogGood({ runs, outcomes, codes }: LogSummary): boolean {
  return runs > 0 && outcomes.failed === 0 && Object.keys(codes).length === 0;
}

/** The summary for a person. */
export function toLogText(summary: LogSummary, cures: ReadonlyMap<string, string>): string {
  const { runs, otherLines, outcomes, codes, slowest, first, last, medianMs } = summary;
  const others = otherLines === 0 ? "" : `; other lines: ${otherLines}`;
  if (runs === 0) {
    return `✗ No line of the workflow${others}. Its lines begin with profile_claims: export the runtime log of the workflow in Kinde.\n`;
  }
  const times = first && last ? ` from ${first.toISOString()} to ${last.toISOString()}` : "";
  const share = (count: number) => `${((100 * count) / runs).toFixed(1)} %`;
  const rows = Object.entries(outcomes).map(([name, count]) => [
    `  ${name}`,
    `${count}`,
    share(count),
  ]);
  const problems = Object.entries(codes).map(
    ([code, count]) =>
      `${code}: ${count}\n  Fix:  ${cures.get(code) ?? "see docs/troubleshooting.md"}\n`,
  );
  const slow = slowest.map(({ ms, user, outcome, at }) => [
    `  ${ms} ms`,
    user,
    outcome,
    at?.toISOString() ?? "",
  ]);
  return [
    `${isLogGood(summary) ? "✓" : "✗"} ${runs} runs${times}${others}\n${alignColumns(rows, { numbers: true })}\n`,
    ...problems,
    `Time of a run, median ${medianMs} ms\n${bars(summary)}\n`,
    `Slowest\n${alignColumns(slow)}\n`,
  ].join("\n");
}

function bars({ histogram, runs }: LogSummary): string {
  const most = Math.max(...histogram);
  const rows = histogram.map((count, index) => {
    const end = BARS_MS[index] ?? 0;
    const from = BARS_MS[index - 1] ?? 0;
    const name = Number.isFinite(end) ? `below ${end} ms` : `${from} ms or more`;
    const bar = "█".repeat(Math.ceil((WIDEST_BAR * count) / most));
    return [
      `  ${name}`,
      bar || "·",
      count === 0 ? "" : `${count} (${Math.round((100 * count) / runs)} %)`,
    ];
  });
  return alignColumns(rows);
}
