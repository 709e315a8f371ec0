import { flowOf } from "../events/stopReason.ts";
import type { Run, StopReason } from "../types.ts";
import type { Colours } from "./colours.ts";

/** Says whether the run succeeded, what it means for the user, and how long it took. */
export function verdictLine(run: Run, colours: Colours): string {
  if (run.stage !== "run") return colours.red("Sync code would refuse this workflow.");
  const result = run.completed ? "completed" : "failed";
  const flow = flowOf(run.workflow.trigger);
  const text = run.goesOn ? `${result}, ${flow} goes on` : `${result}, and ${flow} is stopped`;
  const paint = run.goesOn ? [colours.yellow, colours.green] : [colours.red, colours.yellow];
  const why = reasonOf(run);
  const time = `${run.ms.toFixed(1)} ms of ${run.limits.timeMs.toLocaleString("en")} ms`;
  return `${paint[run.completed ? 1 : 0]?.(text)}${why && ` (${why})`}  ${time}`;
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
