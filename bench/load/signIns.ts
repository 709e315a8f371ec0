import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { isRight } from "../measure/checks.ts";
import { quantile } from "../measure/statistics.ts";
import type { Workflows } from "../measure/subjects.ts";
import { watchCpuTime } from "./cpuTime.ts";

/** Many people sign in at the same time, over and over. */
export interface SignIns {
  concurrent: number;
  seconds: number;
  tokens: number;
  /** Of the tokens that were right: how many a second, and how long they took. */
  perSecond: number;
  p50: number;
  p99: number;
  /** Sign-ins that were stopped: no token at all. */
  stopped: number;
  /** Tokens in which a claim was not a boolean, or not there. */
  withoutClaim: number;
  /** Tokens that said false of a subscriber. */
  denied: number;
  /** Processor time that PostgreSQL used in all; null where it was restarted or nothing tells. */
  databaseCpuMs: number | null;
  outage: Outage | null;
}

/** What happened around a restart of the database in the middle. */
export interface Outage {
  /** How long the database was down before it was started again. */
  ms: number;
  /** From the moment it was told to start to the last token that was not right. */
  rightAgainAfterMs: number;
}

interface Sample {
  at: number;
  ms: number;
  issued: boolean;
  right: boolean;
  claim: unknown;
}

/** How long the database is away: a second, or a quarter of a shorter time. */
const downMs = (seconds: number) => Math.min(1000, seconds * 250);

/** Signs subscribers in, one after the other on each of the workflows, until the time is over. */
export async function signInAtOnce(
  workflows: readonly Workflows[],
  workflow: "ours" | "tutorial",
  nextSubscriber: () => string,
  options: { seconds: number; superuser: Client; restart?: LocalSupabase["database"] },
): Promise<SignIns> {
  await Promise.all(workflows.map((each) => each[workflow](nextSubscriber())));
  const samples: Sample[] = [];
  // Server processes that end take their count with them.
  const usedCpu = options.restart ? async () => null : await watchCpuTime(options.superuser);
  const start = performance.now();
  const end = start + options.seconds * 1000;
  const restarting = options.restart && restartInTheMiddle(options.restart, options.seconds);
  // Together, so that a restart that fails is heard of at once.
  const [away] = await Promise.all([
    restarting,
    ...workflows.map(async (each) => {
      while (performance.now() < end) {
        const before = performance.now();
        const run = await each[workflow](nextSubscriber());
        const now = performance.now();
        const claim = run.claims.accessToken.lifetime_subscriber;
        samples.push({
          at: now,
          ms: now - before,
          issued: run.tokenIssued,
          right: isRight(run),
          claim,
        });
      }
    }),
  ]);
  const seconds = (performance.now() - start) / 1000;
  const issued = samples.filter((sample) => sample.issued);
  const times = samples.filter(({ right }) => right).map(({ ms }) => ms);
  return {
    concurrent: workflows.length,
    seconds,
    tokens: issued.length,
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    stopped: samples.length - issued.length,
    withoutClaim: issued.filter(({ claim }) => typeof claim !== "boolean").length,
    denied: issued.filter(({ claim }) => claim === false).length,
    databaseCpuMs: await usedCpu(),
    outage: away ? outage(away, samples) : null,
  };
}

async function restartInTheMiddle(database: LocalSupabase["database"], seconds: number) {
  const away = downMs(seconds);
  await delay((seconds * 1000 - away) / 2);
  const down = performance.now();
  await database.stop();
  await delay(away);
  const up = performance.now();
  await database.start();
  return { down, up };
}

function outage({ down, up }: { down: number; up: number }, samples: Sample[]): Outage {
  const wrong = samples.filter(({ right, at }) => !right && at > up);
  const last = Math.max(up, ...wrong.map(({ at }) => at));
  return { ms: up - down, rightAgainAfterMs: last - up };
}
