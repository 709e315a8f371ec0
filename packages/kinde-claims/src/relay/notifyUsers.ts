import { RequestError } from "../requests/RequestError.ts";
import { untilAborted } from "../requests/untilAborted.ts";
import { isUserId } from "../users/isUserId.ts";
import type { CallLimits } from "./callLimits.ts";
import type { UserChanges } from "./groupByUser.ts";
import { type Failure, judgeFailure } from "./judgeFailure.ts";
import type { RelayOptions } from "./types.ts";

/** The result for a user. "untried": the batch ended before the call. */
export type Outcome = Failure | { readonly result: "notified" | "untried" };

/**
 * Tells Kinde about the users, with a few calls at a time. After the first failure that is not
 * about one user ("stopped"), no call starts.
 */
export async function notifyUsers(
  users: readonly UserChanges[],
  {
    refreshClaims,
    concurrency,
    limits,
  }: {
    readonly refreshClaims: RelayOptions["refreshClaims"];
    readonly concurrency: number;
    readonly limits: CallLimits;
  },
): Promise<Map<UserChanges, Outcome>> {
  const outcomes = new Map<UserChanges, Outcome>();
  let stopped = false;

  async function notify({ userId }: UserChanges): Promise<Outcome> {
    if (!isUserId(userId)) return { result: "invalid" };
    if (stopped || !limits.mayStart) return { result: "untried" };
    const { signal } = limits;
    try {
      await untilAborted(refreshClaims(userId, { signal }), signal, outOfTime);
      return { result: "notified" };
    } catch (error) {
      const failure = judgeFailure(signal.aborted ? outOfTime() : error);
      stopped ||= failure.result === "stopped";
      return failure;
    }
  }
  // All workers share one iterator, so that each takes the next user.
  const waiting = users.values();
  const work = async () => {
    for (const user of waiting) outcomes.set(user, await notify(user));
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
  return outcomes;
}

function outOfTime(): RequestError {
  return new RequestError({
    code: "TIMED_OUT",
    request: "refreshClaims",
    problem: "the call did not end within the time limit of a batch",
  });
}
