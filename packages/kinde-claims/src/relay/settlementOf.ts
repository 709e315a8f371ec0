import type { UserChanges } from "./groupByUser.ts";
import type { Outcome } from "./notifyUsers.ts";
import type { Settlement } from "./types.ts";

const FIRST_BACKOFF_SECONDS = 10;
const LONGEST_BACKOFF_SECONDS = 60 * 60;
/** Calls that failed, perhaps because of the user. */
const LONGEST_SUSPICION_SECONDS = 5 * 60;
/** Failures for which the one user may be the reason. */
const SUSPICIOUS = new Set(["UNAVAILABLE", "TIMED_OUT"]);

export interface SettlementRules {
  readonly maxAttempts: number;
  /** How long the messages of a batch that stopped stay invisible. */
  readonly pauseSeconds: number;
}

/** What becomes of the messages of one user. */
export function settleUser(
  { changes, attempts }: UserChanges,
  outcome: Outcome,
  { maxAttempts, pauseSeconds }: SettlementRules,
): Settlement {
  const ids = changes.map(({ id }) => id);
  const retryAll = (afterSeconds: number): Settlement => ({
    done: [],
    retry: ids.map((id) => ({ id, afterSeconds })),
    dead: [],
  });
  switch (outcome.result) {
    case "notified":
    case "gone":
      return { done: ids, retry: [], dead: [] };
    case "invalid":
      // Its sender made a mistake, so it can never succeed. The queue keeps it, so that people can
      // find it.
      return { done: [], retry: [], dead: ids };
    case "refused": {
      // Only a refusal makes a message dead: the attempts also count the times Kinde was away.
      const isDead = (change: { attempts: number }) => change.attempts >= maxAttempts;
      const afterSeconds = backoff(FIRST_BACKOFF_SECONDS, attempts, LONGEST_BACKOFF_SECONDS);
      const retry = changes.filter((change) => !isDead(change));
      return {
        done: [],
        retry: retry.map(({ id }) => ({ id, afterSeconds })),
        dead: changes.filter(isDead).map(({ id }) => id),
      };
    }
    case "untried":
      return retryAll(pauseSeconds);
    case "stopped": {
      if (outcome.code === "ABORTED") return retryAll(0);
      if (!SUSPICIOUS.has(outcome.code)) return retryAll(pauseSeconds);
      return retryAll(Math.max(pauseSeconds, backoff(1, attempts, LONGEST_SUSPICION_SECONDS)));
    }
  }
}

/** Joins the settlements of the users of a batch. */
export function joinSettlements(settlements: readonly Settlement[]): Settlement {
  return {
    done: settlements.flatMap(({ done }) => done),
    retry: settlements.flatMap(({ retry }) => retry),
    dead: settlements.flatMap(({ dead }) => dead),
  };
}

function backoff(firstSeconds: number, attempts: number, longestSeconds: number): number {
  return Math.min(longestSeconds, firstSeconds * 2 ** attempts);
}
