import type { SignIns } from "../load/signIns.ts";
import type { LookupCost } from "../measure/lookup.ts";
import type { Summary } from "../measure/statistics.ts";
import type { TableSize } from "../measure/tables.ts";
import type { WireCost } from "../measure/wire.ts";

/** The results of one run of the bench. Times are in milliseconds. */
export interface Report {
  /** Date and machine, in the committed results only. */
  note?: string;
  machine: { cpus: number; model: string; node: string; postgres: string; busy: number };
  sizes: SizeReport[];
  /** Null if the bench failed before it measured this. */
  wire: Record<"ours" | "tutorial" | "get", WireCost> | null;
  signIns: SignInReport | null;
}

/** Concurrent bare GETs without a workflow, with PostgreSQL's processor time for each. */
type BareGets = Pick<SignIns, "concurrent" | "perSecond" | "p50" | "p99" | "databaseCpuMs">;

export type SignInReport = { get: BareGets } & Record<
  "ours" | "tutorial" | "oursWithRestart" | "tutorialWithRestart",
  SignIns
>;

/** `oursSmall` is our workflow on a table of 1,000 rows, measured in the same turns. */
export type WorkflowTimes = Record<
  "ours" | "oursSmall" | "tutorial" | "get" | "requestOnly" | "empty",
  Summary
>;

/** The measurements with the same number of rows in both tables. */
export interface SizeReport {
  rows: number;
  /** The size of our table. */
  bytes: TableSize;
  lookup: Record<"ours" | "tutorial", LookupCost>;
  workflow: WorkflowTimes;
}

/** Prints the present step to stderr. Stdout is for the result. */
export type Progress = (text: string) => void;
