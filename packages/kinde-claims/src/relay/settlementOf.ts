import type { UserChanges } from "./groupByUser.ts";
import type { Outcome } from "./notifyUsers.ts";
import type { Settlement } from "./types.ts";

const FIRST_BACKOFF_SECONDS = 10;
const LONGEST_BACKOFF_SECONDS = 60 * 60;
/** The longest backoff of a call that failed, perhaps because of the user. */
const LONGEST_SUSPICION_SECONDS = 5 * 60;
/** Failures that may have their reason in this one user. */
const SUSPICIOUS = new Set(["UNAVAILABLE", "TIMED_OUT"]);

export interface SettlementRules {
  readonly maxAttempts: number;
  /** How long the messages of a batch that stopped stay invisible. */
  readonly pauseSeconds: number;
}

/** Decides what happens to the messages of one user. */
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
      // The sender wrote an invalid user id, so the call can never succeed. The queue keeps the
      // messages, so that people can find the mistake.
      return { done: [], retry: [], dead: ids };
    case "refused": {
      // A message is dead only after a refusal, because attempts also count while Kinde is away.
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
