import { createCallLimits } from "./callLimits.ts";
import { createStops } from "./createStops.ts";
import { groupByUser } from "./groupByUser.ts";
import { describeError } from "./judgeFailure.ts";
import { notifyUsers } from "./notifyUsers.ts";
import { renderBatch } from "./renderBatch.ts";
import { joinSettlements, settleUser } from "./settlementOf.ts";
import type { BatchReport, ClaimChange, QueueFailure, RelayOptions } from "./types.ts";

export interface BatchOptions {
  readonly waitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** No call starts after this time. */
  readonly limitMs?: number | undefined;
}

const NOTHING = { users: 0, notified: 0, gone: 0, retried: 0, dead: 0 };

/**
 * Creates the function that relays one batch. The function remembers the last pause, because the
 * next one is twice that long.
 */
export function createBatches({
  queue,
  refreshClaims,
  concurrency = 4,
  quantity = 100,
  maxAttempts = 10,
  log,
}: RelayOptions): (options: BatchOptions) => Promise<BatchReport> {
  const stopOf = createStops();

  async function tellKinde(
    changes: readonly ClaimChange[],
    { signal, limitMs = Number.POSITIVE_INFINITY }: BatchOptions,
  ) {
    const users = groupByUser(changes);
    const limits = createCallLimits(limitMs, signal);
    const outcomes = await notifyUsers(users, { refreshClaims, concurrency, limits });
    limits.end();
    const results = [...outcomes.values()].map(({ result }) => result);
    const stopped = stopOf([...outcomes.values()]);
    // If the caller or the time limit ended the batch, Kinde did not fail, so there is no pause.
    const pauseSeconds = stopped && stopped.code !== "ABORTED" ? stopped.pauseSeconds : 0;
    const rules = { maxAttempts, pauseSeconds };
    const settlements = [...outcomes].map(([user, outcome]) => settleUser(user, outcome, rules));
    const failure = await attempt("settle", () => queue.settle(joinSettlements(settlements)));
    return {
      users: users.length,
      notified: results.filter((result) => result === "notified").length,
      gone: results.filter((result) => result === "gone").length,
      retried: settlements.filter(({ retry }) => retry.length > 0).length,
      dead: settlements.filter(({ retry, dead }) => retry.length === 0 && dead.length > 0).length,
      ...(stopped && { stopped }),
      ...(failure && { failure }),
    };
  }

  return async (options) => {
    const { signal, waitSeconds = 0 } = options;
    let changes: readonly ClaimChange[] = [];
    const failure = await attempt("take", async () => {
      if (!signal?.aborted) changes = await queue.take({ quantity, waitSeconds, signal });
    });
    const startedAt = performance.now();
    const result = changes.length > 0 ? await tellKinde(changes, options) : NOTHING;
    const report: BatchReport = {
      taken: changes.length,
      ...result,
      ms: Math.round(performance.now() - startedAt),
      // It is not a failure if the caller ended the wait.
      ...(failure && !signal?.aborted && { failure }),
    };
    if (report.taken > 0 || report.failure) log?.(renderBatch(report), report);
    return report;
  };
}

async function attempt(
  step: QueueFailure["step"],
  action: () => Promise<void>,
): Promise<QueueFailure | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return { step, ...describeError(error) };
  }
}
