import { visible } from "kinde-local";
import { maskUserId } from "../../kindeSrc/environment/workflows/profileClaims/userId.ts";
import { alignColumns } from "../command/table.ts";
import type { UserRun } from "./runForUsers.ts";

/**
 * The project that the workflow used. Of a hosted project only the URL is printed, never the key.
 */
export type Source = { readonly url: string } & Readonly<Record<string, string>>;

/** The one JSON document of `--json`: whole user ids, and the local stack's throw-away keys. */
export function toJson(runs: readonly UserRun[], source: Source): string {
  const users = runs.map(({ log: _, ...run }) => run);
  return `${JSON.stringify({ users, supabase: source })}\n`;
}

/**
 * The table of users and claims, and the workflow's log lines under it.
 *
 * @param options.wholeIds whether user ids may be shown in full
 */
export function toTable(runs: readonly UserRun[], { wholeIds }: { wholeIds: boolean }): string {
  const claimNames = [...new Set(runs.flatMap((run) => Object.keys(run.claims)))];
  const rows = runs.map((run) => [
    wholeIds ? JSON.stringify(run.user).slice(1, -1) : maskUserId(run.user),
    ...claimNames.map((name) => JSON.stringify(run.claims[name]) ?? "absent"),
    run.code === null ? run.outcome : `${run.outcome} ${run.code}`,
    String(run.ms),
  ]);
  const table = alignColumns([["user", ...claimNames, "outcome", "ms"], ...rows]);
  return `${table}\n\nRuntime log\n${runs.flatMap((run) => run.log.map((line) => `  ${visible(line)}\n`)).join("")}`;
}

/** How to reach the local Supabase, for `--keep`. */
export function toConnection(source: Source): string {
  const lines = Object.entries(source).map(([name, value]) => [`  ${name}`, value]);
  return `\nLocal Supabase (throw-away keys)\n${alignColumns(lines)}\n\nRunning until Ctrl-C.\n`;
}
