import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { isRight } from "../measure/checks.ts";
import type { Workflows } from "../measure/subjects.ts";
import { keepBusy, rateOf } from "./keepBusy.ts";

/** The results of many sign-ins at the same time. */
export interface SignIns {
  concurrent: number;
  seconds: number;
  tokens: number;
  /** Correct tokens: how many per second, and how long they took. */
  perSecond: number;
  p50: number;
  p99: number;
  /** Sign-ins that were stopped, without a token. */
  stopped: number;
  /** Tokens in which the claim was absent or not a boolean. */
  withoutClaim: number;
  /** Tokens in which the claim was false for a subscriber. */
  denied: number;
  databaseCpuMs: number | null;
  /**
   * `ms` is the time from the call that stops the database to the call that starts it again.
   * `rightAgainAfterMs` is the time from the second call to the end of the last sign-in that was
   * stopped or got a wrong token.
   */
  outage: { ms: number; rightAgainAfterMs: number } | null;
}

/**
 * Signs subscribers in with `workflow` for `options.seconds`. Each of `workflows` has its own
 * realm. All realms work at the same time, and each signs in one user after the other.
 */
export async function signInAtOnce(
  workflows: readonly Workflows[],
  workflow: "ours" | "tutorial",
  nextSubscriber: () => string,
  options: { seconds: number; superuser: Client; restart?: LocalSupabase["database"] },
): Promise<SignIns> {
  const { restart } = options;
  let away: { down: number; up: number } | undefined;
  const interrupt =
    restart &&
    (async () => {
      away = await restartMidway(restart, options.seconds);
    });
  const workers = workflows.map((each) => async () => {
    const run = await each[workflow](nextSubscriber());
    const claim = run.claims.accessToken.lifetime_subscriber;
    return { issued: run.goesOn, right: isRight(run), claim };
  });
  const { done, seconds, databaseCpuMs } = await keepBusy(workers, {
    ...options,
    interrupt,
  });
  const issued = done.filter(({ result }) => result.issued);
  const right = done.filter(({ result }) => result.right);
  const wrongSince = (time: number) =>
    done.filter(({ result, at }) => !result.right && at > time).map(({ at }) => at - time);
  return {
    ...{ concurrent: workflows.length, seconds, tokens: issued.length, databaseCpuMs },
    ...rateOf(right, seconds),
    stopped: done.length - issued.length,
    withoutClaim: issued.filter(({ result }) => typeof result.claim !== "boolean").length,
    denied: issued.filter(({ result }) => result.claim === false).length,
    outage: away
      ? { ms: away.up - away.down, rightAgainAfterMs: Math.max(0, ...wrongSince(away.up)) }
      : null,
  };
}

/**
 * Stops the database in the middle of the measurement: for one second, or for a quarter of the
 * measurement if that is shorter.
 */
async function restartMidway(database: LocalSupabase["database"], seconds: number) {
  const downMs = Math.min(1000, seconds * 250);
  await delay((seconds * 1000 - downMs) / 2);
  const down = performance.now();
  await database.stop();
  await delay(downMs);
  const up = performance.now();
  await database.start();
  return { down, up };
}
