/** One run of the workflow, as its log line says. */
export interface LoggedRun {
  readonly outcome: "found" | "missing" | "failed";
  /** Only with the outcome `failed`, or if the variable of the role claim is refused. */
  readonly code: string | undefined;
  /** Masked by the workflow. */
  readonly user: string;
  readonly ms: number;
  readonly at: Date | undefined;
}

const LINE = /profile_claims outcome=(found|missing|failed)\b(?: code=([A-Z_]+))?/;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/;

/**
 * Reads the workflow's line out of a line of an exported log. Something may stand around it: a time, a
 * level, JSON or CSV.
 *
 * @returns undefined if the line is not of this workflow
 */
export function parseLogLine(line: string): LoggedRun | undefined {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const rest = line.slice(found.index);
  const ms = Number(/ ms=(\d+)/.exec(rest)?.[1] ?? Number.NaN);
  if (Number.isNaN(ms)) return undefined;
  const time = Date.parse(TIME.exec(line)?.[0].replace(" ", "T") ?? "");
  return {
    outcome: found[1] as LoggedRun["outcome"],
    code: found[2],
    user: / user=([^\s"\\]+)/.exec(rest)?.[1] ?? "…",
    ms,
    at: Number.isNaN(time) ? undefined : new Date(time),
  };
}
