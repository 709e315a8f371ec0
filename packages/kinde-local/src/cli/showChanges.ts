import { flowOf } from "../events/stopReason.ts";
import { changedClaims } from "../run/compareRuns.ts";
import type { Json, Run } from "../types.ts";
import { visible } from "../visible.ts";
import type { Colours } from "./colours.ts";
import { shorten } from "./shorten.ts";

/** Renders what changed between two runs under `--watch`: claims, and whether the flow goes on. */
export function changesAsText(before: Run, after: Run, colours: Colours): string {
  const lines = [...claimChanges(before, after, colours), ...verdictChange(before, after, colours)];
  if (lines.length === 0) return `${colours.dim("no claim changed since the last run")}\n`;
  return `${["changed since the last run", ...lines.map((line) => `  ${line}`)].join("\n")}\n`;
}

function claimChanges(before: Run, after: Run, colours: Colours): string[] {
  return changedClaims(before, after).map((change) => {
    const name = `${change.token}.${visible(change.claim, " ")}`;
    if (change.before === undefined)
      return `${colours.green("added")}    ${name}  ${show(change.after)}`;
    if (change.after === undefined)
      return `${colours.red("removed")}  ${name}  ${colours.dim(show(change.before))}`;
    return `${colours.yellow("changed")}  ${name}  ${colours.dim(show(change.before))} → ${show(change.after)}`;
  });
}

function verdictChange(before: Run, after: Run, colours: Colours): string[] {
  if (before.goesOn === after.goesOn) return [];
  const flow = flowOf(after.workflow.trigger);
  return [
    after.goesOn ? colours.green(`${flow} goes on again`) : colours.red(`${flow} is stopped now`),
  ];
}

function show(value: Json | undefined): string {
  return visible(shorten(JSON.stringify(value)));
}
