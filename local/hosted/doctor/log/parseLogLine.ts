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

const LINE =
  /profile_claims outcome=(found|missing|failed)\b(?: code=([A-Z_]+))?(?:(?!profile_claims outcome=).)*? user=([^\s"\\]+) origin=\w+ ms=(\d+)/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/;

/**
 * Reads the workflow's runs from a line of an exported log. The line may hold more than the run: a
 * time, a level, JSON or CSV. A line with a JSON array holds several runs.
 *
 * @returns an empty list if the line is not of this workflow
 */
export function parseLogLine(line: string): LoggedRun[] {
  const runs = [...line.matchAll(LINE)];
  // With several runs in a line, it is not known which time belongs to which run.
  const time = runs.length === 1 ? TIME.exec(line)?.[0].replace(" ", "T") : undefined;
  const at = time === undefined || Number.isNaN(Date.parse(time)) ? undefined : new Date(time);
  return runs.map(([, outcome, code, user = "…", ms]) => ({
    outcome: outcome as LoggedRun["outcome"],
    ...{ code, user, ms: Number(ms), at },
  }));
}
