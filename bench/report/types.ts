import type { Requests } from "../load/requests.ts";
import type { SignIns } from "../load/signIns.ts";
import type { LookupCost } from "../measure/lookup.ts";
import type { Summary } from "../measure/statistics.ts";
import type { TableSize } from "../measure/tables.ts";
import type { WireCost } from "../measure/wire.ts";

/** All that one run of the bench found out. Times are milliseconds. */
export interface Report {
  /** In the committed results: what was measured when. */
  note?: string;
  machine: { cpus: number; model: string; node: string; postgres: string; busy: number };
  sizes: SizeReport[];
  wire: Record<"ours" | "tutorial" | "get", WireCost>;
  signIns: SignInReport | null;
}

export type SignInReport = { get: Requests } & Record<
  "ours" | "tutorial" | "oursWithRestart" | "tutorialWithRestart",
  SignIns
>;

/** `oursSmall` is ours on a table of 1,000 rows, measured in the same turns. */
export type WorkflowTimes = Record<
  "ours" | "oursSmall" | "tutorial" | "get" | "requestOnly" | "empty",
  Summary
>;

/** What was measured with one number of rows in both tables. */
export interface SizeReport {
  rows: number;
  /** Of our table. */
  bytes: TableSize;
  lookup: Record<"ours" | "tutorial", LookupCost>;
  workflow: WorkflowTimes;
}

/** Told in a few words what is being done, on stderr: stdout belongs to the result. */
export type Progress = (text: string) => void;
