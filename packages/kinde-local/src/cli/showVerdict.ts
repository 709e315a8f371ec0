import { flowOf } from "../events/stopReason.ts";
import type { Run, StopReason } from "../types.ts";
import type { Colours } from "./colours.ts";

/**
 * Returns a line about whether the run succeeded, what that means for the user, and how long it
 * took.
 */
export function verdictLine(run: Run, colours: Colours): string {
  if (run.stage !== "run") return colours.red("Sync code would refuse this workflow.");
  const why = reasonOf(run);
  const time = `${run.ms.toFixed(1)} ms of ${run.limits.timeMs.toLocaleString("en")} ms`;
  return `${paint(run, colours)(verdictOf(run))}${why && ` (${why})`}  ${time}`;
}

function verdictOf({ completed, goesOn, workflow }: Run): string {
  const result = completed ? "completed" : "failed";
  const flow = flowOf(workflow.trigger);
  return goesOn ? `${result}, ${flow} goes on` : `${result}, and ${flow} is stopped`;
}

function paint({ completed, goesOn }: Run, { green, yellow, red }: Colours) {
  if (completed && goesOn) return green;
  return completed || goesOn ? yellow : red;
}

function reasonOf({ completed, stoppedBy, workflow }: Run): string {
  const decision = stoppedBy && DECISIONS[stoppedBy];
  if (decision) return decision;
  return completed ? "" : `failurePolicy ${workflow.failurePolicy}`;
}

const DECISIONS: Partial<Record<StopReason, string>> = {
  accessDenied: "the workflow denied access",
  invalidFields: "the workflow refused a field",
  planSelectionDenied: "the workflow denied the plan",
  planCancellationDenied: "the workflow denied the cancellation",
};
