import { alignColumns } from "../../command/table.ts";
import { type Outcome, type Status, TO_APPLY, vendorOf } from "./outcome.ts";

const SIGNS: Readonly<Record<Status, string>> = {
  exists: "= exists",
  create: "+ create",
  change: "~ change",
  repeat: "~ set again",
  done: "✓ done",
  manual: "! by hand",
  leftOut: "- left out",
  blocked: "- waits",
  failed: "✗ failed",
};

/** A table for each vendor. */
export function toTable(outcomes: readonly Outcome[]): string {
  return (["supabase", "kinde"] as const)
    .map((vendor) => {
      const rows = outcomes
        .filter(({ step }) => vendorOf(step) === vendor)
        .map(({ step, status, detail }) => [`  ${SIGNS[status]}`, step.title, detail]);
      return `${vendor === "supabase" ? "Supabase" : "Kinde"}\n${alignColumns(rows)}\n`;
    })
    .join("\n");
}

/** One sentence about all of them. */
export function toSummary(outcomes: readonly Outcome[]): string {
  const count = (...statuses: Status[]) =>
    outcomes.filter(({ status }) => statuses.includes(status)).length;
  const parts = [
    [count("done"), "done"],
    [count("create"), "to create"],
    [count("change"), "to change"],
    [count("repeat"), "to set again"],
    [count("manual"), "by hand"],
    [count("failed"), "failed"],
    [count("blocked"), "waiting"],
    [count("leftOut"), "left out"],
  ] as const;
  const text = parts
    .flatMap(([number, what]) => (number > 0 ? `${number} ${what}` : []))
    .join(", ");
  const isAllDone = count("create", "change", "failed", "blocked", "done", "manual") === 0;
  return isAllDone ? `Nothing to do${text && ` (${text})`}.` : `${text}.`;
}

export function toJson(
  outcomes: readonly Outcome[],
  about: { readonly applied: boolean; readonly byHand: readonly string[] },
): string {
  const steps = outcomes.map(({ step, status, detail }) => {
    const { id, title } = step;
    return { id, title, status, detail };
  });
  return `${JSON.stringify({ ...about, changes: outcomes.filter(isToApply).length, steps }, null, 2)}\n`;
}

export function isToApply({ status }: Outcome): boolean {
  return TO_APPLY.includes(status);
}
