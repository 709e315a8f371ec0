import { createPauses } from "./createPauses.ts";
import type { Outcome } from "./notifyUsers.ts";
import type { BatchStop } from "./types.ts";

/**
 * The longest pause, even if Kinde names a longer time. A call that comes too early costs little.
 */
const LONGEST_NAMED_PAUSE_SECONDS = 15 * 60;

/** The results that need an answer of Kinde about a user. */
const ANSWERED: ReadonlySet<string> = new Set(["notified", "gone", "refused"]);

/**
 * Creates the function that decides whether a batch stopped, and how long the pause is: the time
 * that Kinde names (429), or twice the previous pause.
 */
export function createStops(): (outcomes: readonly Outcome[]) => BatchStop | undefined {
  const pauses = createPauses();
  return (outcomes) => {
    // If Kinde answered for a user, it is available again: start with the shortest pause.
    if (outcomes.some(({ result }) => ANSWERED.has(result))) pauses.reset();
    const stops = outcomes.filter((outcome) => outcome.result === "stopped");
    const stop = stops.find(({ retryAfter }) => retryAfter !== undefined) ?? stops[0];
    if (!stop) return undefined;
    const { code, message, retryAfter } = stop;
    return { code, message, pauseSeconds: namedPause(retryAfter) ?? pauses.next() };
  };
}

function namedPause(seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  return Math.min(LONGEST_NAMED_PAUSE_SECONDS, Math.max(1, Math.ceil(seconds)));
}
