import { alignColumns } from "../../command/table.ts";
import type { Result } from "./examineAll.ts";

const SIGNS: Readonly<Record<Result["status"], string>> = {
  ok: "✓ ok",
  failed: "✗ failed",
  warning: "! warning",
  unknown: "? unknown",
  blocked: "- waits",
  leftOut: "- left out",
};

/** One line for each check, and a paragraph for each problem. */
export function toText(results: readonly Result[]): string {
  const rows = results.map(({ check, status, seen }) => [
    `  ${SIGNS[status]}`,
    check.code,
    `${check.title}: ${seen}`,
  ]);
  const problems = results.flatMap((result) => {
    if (result.status !== "failed" && result.status !== "warning") return [];
    const { check, seen, cure } = result;
    return `${check.code}  ${check.title}\n  Seen: ${seen}\n  Why:  ${check.why}\n  Fix:  ${cure}\n`;
  });
  return [`${alignColumns(rows)}\n`, ...problems, `${toSummary(results)}\n`].join("\n");
}

function toSummary(results: readonly Result[]): string {
  const count = (...statuses: Result["status"][]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const parts = [
    [count("failed"), "failed"],
    [count("warning"), "warnings"],
    [count("ok"), "ok"],
    [count("unknown", "leftOut", "blocked"), "not checked"],
  ] as const;
  const text = parts.flatMap(([number, what]) => (number > 0 ? `${number} ${what}` : []));
  return `${text.join(", ")}.`;
}

export function toJson(results: readonly Result[]): string {
  const checks = results.map(({ check, ...result }) => {
    const { code, title, why } = check;
    return { code, title, why, ...result };
  });
  return `${JSON.stringify({ ok: isHealthy(results), checks }, null, 2)}\n`;
}

export function isHealthy(results: readonly Result[]): boolean {
  return results.every(({ status }) => status !== "failed");
}
