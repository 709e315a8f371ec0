import { thousands } from "./text.ts";
import type { Report, SizeReport } from "./types.ts";

const SECONDS_A_DAY = 86_400;

/** What is assumed of the users: everything else is measured. */
export interface Habits {
  /** Tokens a user gets in a day: sign-ins, and refreshes after a token expired. */
  tokensPerUser: number;
  /** How many times the average the busiest moment has. */
  peakFactor: number;
}

/** What a number of users asks of the database. */
export interface Load {
  tokensPerDay: number;
  /** Requests a second, on average and in the busiest moment. */
  perSecond: number;
  peakPerSecond: number;
  /** Processors that PostgreSQL is busy with in that moment. */
  databaseCores: number;
}

/**
 * One token is one request, and one request is `databaseCpuMs` of PostgreSQL's time: the rest is
 * multiplication.
 */
export function loadOf(usersPerDay: number, habits: Habits, databaseCpuMs: number): Load {
  const tokensPerDay = usersPerDay * habits.tokensPerUser;
  const perSecond = tokensPerDay / SECONDS_A_DAY;
  const peakPerSecond = perSecond * habits.peakFactor;
  const databaseCores = (peakPerSecond * databaseCpuMs) / 1000;
  return { tokensPerDay, perSecond, peakPerSecond, databaseCores };
}

const USERS = [1_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** The calculation as a Markdown table, from what the bench measured. */
export function scaleTable({ sizes, signIns }: Report, habits: Habits): string {
  const cpuMs = signIns?.get.databaseCpuMs;
  const largest = sizes.at(-1);
  if (!cpuMs || !largest) throw new Error("The report holds no processor time of a bare GET.");
  const bytesPerRow = (largest.bytes.table + largest.bytes.indexes) / largest.rows;
  return markdown(
    [
      "users a day",
      "tokens a day",
      "requests/s",
      "at the peak",
      "PostgreSQL cores then",
      "table and keys",
    ],
    USERS.map((users) => {
      const load = loadOf(users, habits, cpuMs);
      return [
        thousands(users),
        thousands(load.tokensPerDay),
        significant(load.perSecond),
        significant(load.peakPerSecond),
        significant(load.databaseCores),
        bytes(users * bytesPerRow),
      ];
    }),
  );
}

/** What the calculation says PostgreSQL used in a stretch of the bench, and what it did use, in ms. */
export interface CpuCheck {
  tokens: number;
  predictedMs: number;
  measuredMs: number;
}

/**
 * The calculation's one assumption, that a token costs PostgreSQL what a bare GET does, held against
 * the sign-ins: fifty workflows at once, measured apart from the GETs.
 */
export function cpuCheck({ signIns }: Report): CpuCheck {
  const perGet = signIns?.get.databaseCpuMs;
  const measuredMs = signIns?.ours.databaseCpuMs;
  if (!signIns || !perGet || !measuredMs) throw new Error("The report holds no processor times.");
  const { tokens } = signIns.ours;
  return { tokens, predictedMs: tokens * perGet, measuredMs };
}

/** The check as a sentence for the page. */
export function cpuSentence(report: Report): string {
  const { tokens, predictedMs, measuredMs } = cpuCheck(report);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const times = (measuredMs / predictedMs).toFixed(1);
  return `For the ${thousands(tokens)} tokens of fifty sign-ins at once it predicts ${seconds(predictedMs)} of PostgreSQL's
processor time; PostgreSQL used ${seconds(measuredMs)}, ${times} × as much.`;
}

/** What was measured at each number of rows, as a Markdown table. */
export function growthTable(sizes: readonly SizeReport[]): string {
  return markdown(
    [
      "rows",
      "pages, ours",
      "pages, tutorial",
      "run, ours",
      "run, tutorial",
      "tutorial / ours",
      "ours / ours at 1,000",
    ],
    sizes.map(({ rows, lookup, workflow }) => [
      thousands(rows),
      thousands(lookup.ours.pages.median),
      thousands(lookup.tutorial.pages.median),
      `${workflow.ours.median.toFixed(1)} ms`,
      `${workflow.tutorial.median.toFixed(1)} ms`,
      `${(workflow.tutorial.median / workflow.ours.median).toFixed(1)} ×`,
      `${(workflow.ours.median / workflow.oursSmall.median).toFixed(2)} ×`,
    ]),
  );
}

function markdown(head: string[], rows: string[][]): string {
  const rule = head.map(() => "--:");
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Two digits that mean something, and no exponent. */
function significant(value: number): string {
  return value >= 100 ? thousands(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function bytes(value: number): string {
  if (value >= 1e9) return `${significant(value / 1e9)} GB`;
  return value >= 1e6 ? `${significant(value / 1e6)} MB` : `${significant(value / 1e3)} kB`;
}
