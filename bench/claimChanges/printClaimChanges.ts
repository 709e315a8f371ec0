import type { Summary } from "../measure/statistics.ts";
import { fixed, table, thousands } from "../report/text.ts";
import type { ClaimChangesCost } from "./measureCost.ts";
import type { ClaimChangesDelay } from "./measureDelay.ts";

/** What `npm run bench -- --claim-changes` promises, in milliseconds and as ratios. */
const LIMITS = { toCall: 50, toToken: 100, everyRow: 1.6, unchanged: 1.05, callsPerUser: 1.1 };

/** Renders as tables what `npm run bench -- --claim-changes` measured. */
export function printClaimChanges(
  costs: readonly ClaimChangesCost[],
  delay: ClaimChangesDelay,
): string {
  const verdict = (kept: boolean) => (kept ? "kept" : "MISSED");
  const limitOf = (name: string) =>
    name.endsWith("no claim changed")
      ? LIMITS.unchanged
      : name.startsWith("every")
        ? LIMITS.everyRow
        : undefined;
  const cost = table(
    ["A save, ms (median)", "without triggers", "with", "ratio", "promise"],
    costs.map(({ name, without, with: with_, ratio }) => {
      const limit = limitOf(name);
      const promise = limit === undefined ? "" : `at most ${limit} ×: ${verdict(ratio <= limit)}`;
      return [name, fixed(without.median), fixed(with_.median), `${fixed(ratio)} ×`, promise];
    }),
  );
  const row = (name: string, { median, p95 }: Summary, limit: number) => [
    ...[name, fixed(median), fixed(p95)],
    `median under ${limit} ms: ${verdict(median < limit)}`,
  ];
  const way = table(
    ["From the commit, ms", "median", "95 %", "promise"],
    [
      row("to the call of refresh_claims", delay.toCall, LIMITS.toCall),
      row("to the claim in the SDK's token", delay.toToken, LIMITS.toToken),
    ],
  );
  const { users, perSecond, callsPerUser, ms } = delay.bulk;
  const bulk = `${thousands(users)} users changed in one statement, ${perSecond} calls a second allowed: Kinde called for all in ${fixed(ms / 1000)} s, ${fixed(callsPerUser)} calls for each user (at most ${LIMITS.callsPerUser}: ${verdict(callsPerUser <= LIMITS.callsPerUser)})`;
  return [cost, way, bulk].join("\n\n");
}
