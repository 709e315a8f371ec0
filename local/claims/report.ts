import { formatAge } from "../command/formatAge.ts";
import { alignColumns } from "../command/table.ts";
import { PATIENCE_SECONDS, type PendingChanges } from "./pendingChanges.ts";

/** The problems, in sentences that say what to do. Empty if there is no problem. */
export function findProblems(pending: PendingChanges): string[] {
  if (!pending.available) {
    return [
      'The project has no queue, so no change reaches Kinde. Enable Queues (pgmq) in the dashboard, then run "select private.set_up_claim_changes()" in its SQL editor.',
    ];
  }
  const problems: string[] = [];
  if ((pending.oldest_seconds ?? 0) > PATIENCE_SECONDS) {
    problems.push(
      "A change waits for more than 5 minutes. Is a relay running, and does Kinde accept its calls? The relay's log shows both.",
    );
  }
  if (pending.dead > 0) {
    problems.push(
      "Kinde refused the dead changes again and again. Find the reason in the relay's log, then run npm run claims:pending -- --retry-dead.",
    );
  }
  return problems;
}

/** The table of counts and ages, and the problems under it. */
export function toTable(pending: PendingChanges, retried: number | undefined): string {
  const age = (seconds: number | null) => (seconds === null ? "" : formatAge(seconds));
  const rows = [
    ["", "changes", "oldest"],
    ["waiting", String(pending.waiting), age(pending.oldest_seconds)],
    ["being relayed, or waiting for the next attempt", String(pending.hidden), ""],
    ["dead", String(pending.dead), age(pending.oldest_dead_seconds)],
  ];
  const problems = findProblems(pending);
  return [
    ...(retried === undefined ? [] : [`Put into the queue again: ${retried}.\n`]),
    ...(pending.available ? [alignColumns(rows, { numbers: true })] : []),
    "",
    ...(problems.length > 0 ? problems : ["All is well."]),
    "",
  ].join("\n");
}

/** The JSON document of `--json`: the values under the database's own names, and the problems. */
export function toJson(pending: PendingChanges, retried: number | undefined): string {
  const document = { ...pending, ...(retried !== undefined && { retried }) };
  return `${JSON.stringify({ ...document, problems: findProblems(pending) })}\n`;
}
