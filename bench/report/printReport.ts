import type { Summary } from "../measure/statistics.ts";
import { promisesOf } from "./promises.ts";
import { fixed, spread, table, thousands } from "./text.ts";
import type { Report, SignInReport, SizeReport } from "./types.ts";

/** Renders the report as tables. */
export function printReport(report: Report): string {
  const { sizes, signIns } = report;
  const { cpus, model, node, postgres, busy } = report.machine;
  const perSize = (head: string[], cells: (size: SizeReport) => string[]) =>
    table(
      head,
      sizes.map((size) => [`${thousands(size.rows)} rows`, ...cells(size)]),
    );
  return [
    `${cpus} × ${model}, Node ${node}, PostgreSQL ${postgres}; load average at the end ${busy.toFixed(1)}`,
    table(["The lookup in the database", "pages", "ms", "how"], sizes.flatMap(lookupRows)),
    perSize(["A whole run, ms (5 %–95 %)", "ours", "tutorial", "bare GET"], ({ workflow }) =>
      [workflow.ours, workflow.tutorial, workflow.get].map(milliseconds),
    ),
    perSize(
      [
        "Our run in steps, ms",
        "the GET",
        "+ fresh realm",
        "+ kinde.fetch",
        "+ our code",
        "all that it adds",
      ],
      steps,
    ),
    report.wire &&
      table(
        ["On the wire for one token", "requests", "bytes sent", "bytes received"],
        Object.entries(report.wire).map(([name, { requests, bytesSent, bytesReceived }]) => [
          name === "get" ? "bare GET" : name,
          ...[requests, bytesSent, bytesReceived].map(String),
        ]),
      ),
    signIns && signInTable(signIns),
    perSize(
      ["Ratios", "tutorial's time / ours", "its pages / ours", "ours / ours at 1,000 rows"],
      ({ workflow: { ours, oursSmall, tutorial }, lookup }) => [
        `${fixed(tutorial.median / ours.median)} ×`,
        `${thousands(Math.round(lookup.tutorial.pages.median / lookup.ours.pages.median))} ×`,
        `${fixed(ours.median / oursSmall.median)} ×`,
      ],
    ),
    table(
      ["Promise", "measured", ""],
      promisesOf(report).map(({ what, measured, kept }) => [
        ...[what, measured, kept ? "kept" : "MISSED"],
      ]),
    ),
  ]
    .filter(Boolean)
    .join("\n\n");
}

const milliseconds = ({ median, p5, p95 }: Summary) =>
  `${fixed(median)} (${fixed(p5)}–${fixed(p95)})`;

function lookupRows({ rows, lookup }: SizeReport): string[][] {
  return (["ours", "tutorial"] as const).map((name) => {
    const { pages, ms, steps } = lookup[name];
    return [`${thousands(rows)} rows, ${name}`, thousands(pages.median), spread(ms), steps];
  });
}

/** The parts of our workflow's time, which add up to its median, and then all parts but the GET. */
function steps({ workflow }: SizeReport): string[] {
  const [get, empty, requestOnly, ours] = [
    ...[workflow.get.median, workflow.empty.median],
    ...[workflow.requestOnly.median, workflow.ours.median],
  ] as [number, number, number, number];
  return [get, empty, requestOnly - empty - get, ours - requestOnly, ours - get].map(fixed);
}

function signInTable({ get, ...runs }: SignInReport): string {
  const rate = (run: { perSecond: number; p50: number; p99: number }) =>
    [run.perSecond, run.p50, run.p99].map((value) => value.toFixed(0));
  const row = (name: string, key: keyof typeof runs) => {
    const { stopped, withoutClaim, denied, outage } = runs[key];
    const back = outage ? `${outage.rightAgainAfterMs.toFixed(0)} ms` : "";
    return [name, ...rate(runs[key]), ...[stopped, withoutClaim, denied].map(String), back];
  };
  const { concurrent, seconds } = runs.ours;
  const cpu = get.databaseCpuMs?.toFixed(3);
  const sentence = cpu && `\nPostgreSQL used ${cpu} ms of processor time for one bare GET.`;
  return (
    table(
      [
        `${concurrent} sign-ins at once, ${Number(seconds.toFixed(1))} s`,
        ...["correct per s", "p50 ms", "p99 ms", "stopped", "no claim", "denied", "correct again"],
      ],
      [
        row("ours", "ours"),
        row("tutorial", "tutorial"),
        row("ours, database restarted", "oursWithRestart"),
        row("tutorial, database restarted", "tutorialWithRestart"),
        ["bare GET", ...rate(get)],
      ],
    ) + (sentence ?? "")
  );
}
