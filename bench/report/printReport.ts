import type { Summary } from "../measure/statistics.ts";
import { promisesOf } from "./promises.ts";
import { fixed, spread, table, thousands } from "./text.ts";
import type { Report, SignInReport, SizeReport, WorkflowTimes } from "./types.ts";

/** Where the time of our workflow goes, the parts adding up to its median. */
function stepsOf({ get, empty, requestOnly, ours }: WorkflowTimes) {
  return {
    get: get.median,
    realm: empty.median,
    crossing: requestOnly.median - empty.median - get.median,
    own: ours.median - requestOnly.median,
  };
}

/** The report as tables for a person. */
export function printReport(report: Report): string {
  return [
    machine(report),
    lookups(report.sizes),
    workflows(report.sizes),
    steps(report.sizes),
    wire(report.wire),
    report.signIns && signIns(report.signIns),
    ratios(report.sizes),
    promises(report),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function machine({ machine: { cpus, model, node, postgres, busy } }: Report): string {
  return `${cpus} × ${model}, Node ${node}, PostgreSQL ${postgres}; load average at the end ${busy.toFixed(1)}`;
}

function lookups(sizes: SizeReport[]): string {
  return table(
    ["The lookup in the database", "pages", "ms", "how"],
    sizes.flatMap(({ rows, lookup }) =>
      (["ours", "tutorial"] as const).map((name) => [
        `${thousands(rows)} rows, ${name}`,
        thousands(lookup[name].pages.median),
        spread(lookup[name].ms),
        lookup[name].steps,
      ]),
    ),
  );
}

function workflows(sizes: SizeReport[]): string {
  const ms = ({ median, p5, p95 }: Summary) => `${fixed(median)} (${fixed(p5)}–${fixed(p95)})`;
  return table(
    ["A whole run, ms (5 %–95 %)", "ours", "tutorial", "bare GET"],
    sizes.map(({ rows, workflow: { ours, tutorial, get } }) => [
      `${thousands(rows)} rows`,
      ...[ours, tutorial, get].map(ms),
    ]),
  );
}

function steps(sizes: SizeReport[]): string {
  return table(
    [
      "Our run in steps, ms",
      "the GET",
      "+ fresh realm",
      "+ kinde.fetch",
      "+ our code",
      "all it adds",
    ],
    sizes.map(({ rows, workflow }) => {
      const { get, realm, crossing, own } = stepsOf(workflow);
      return [
        `${thousands(rows)} rows`,
        ...[get, realm, crossing, own, realm + crossing + own].map(fixed),
      ];
    }),
  );
}

function wire(costs: Report["wire"]): string {
  return table(
    ["On the wire for one token", "requests", "bytes sent", "bytes received"],
    Object.entries(costs).map(([name, cost]) => [
      name === "get" ? "bare GET" : name,
      ...[cost.requests, cost.bytesSent, cost.bytesReceived].map(String),
    ]),
  );
}

function signIns(all: SignInReport): string {
  const names: ["ours" | "tutorial" | "oursWithRestart" | "tutorialWithRestart", string][] = [
    ["ours", "ours"],
    ["tutorial", "tutorial"],
    ["oursWithRestart", "ours, database restarted"],
    ["tutorialWithRestart", "tutorial, database restarted"],
  ];
  const { concurrent, seconds } = all.ours;
  const { perSecond, p50, p99, databaseCpuMs } = all.get;
  const bare = ["bare GET", ...[perSecond, p50, p99].map((value) => value.toFixed(0))];
  const cpu =
    databaseCpuMs === null
      ? ""
      : `\nPostgreSQL used ${databaseCpuMs.toFixed(3)} ms of processor time for one bare GET.`;
  const head = [
    `${concurrent} sign-ins at once, ${Number(seconds.toFixed(1))} s`,
    ...["right per s", "p50 ms", "p99 ms", "stopped", "no claim", "denied", "right again"],
  ];
  const runs = names.map(([key, name]) => {
    const run = all[key];
    const back = run.outage ? `${run.outage.rightAgainAfterMs.toFixed(0)} ms` : "";
    return [
      name,
      ...[run.perSecond, run.p50, run.p99].map((value) => value.toFixed(0)),
      ...[run.stopped, run.withoutClaim, run.denied].map(String),
      back,
    ];
  });
  return table(head, [...runs, bare]) + cpu;
}

function ratios(sizes: SizeReport[]): string {
  const lines = sizes.map(({ rows, workflow, lookup }) => {
    const faster = workflow.tutorial.median / workflow.ours.median;
    const pages = lookup.tutorial.pages.median / lookup.ours.pages.median;
    const growth = workflow.ours.median / workflow.oursSmall.median;
    return [
      `${thousands(rows)} rows`,
      `${fixed(faster)} ×`,
      `${thousands(Math.round(pages))} ×`,
      `${fixed(growth)} ×`,
    ];
  });
  return table(
    ["Ratios", "tutorial's time / ours", "its pages / ours", "ours / ours at 1,000 rows"],
    lines,
  );
}

function promises(report: Report): string {
  return table(
    ["What is promised", "measured", ""],
    promisesOf(report).map(({ what, measured, kept }) => [
      what,
      measured,
      kept ? "kept" : "MISSED",
    ]),
  );
}
