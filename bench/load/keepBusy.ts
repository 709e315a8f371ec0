import type { Client } from "pg";
import { quantile } from "../../local/command/quantile.ts";
import { watchCpuTime } from "./cpuTime.ts";

/** One unit of work: when it ended, how many milliseconds it took, and its result. */
export interface Done<Result> {
  at: number;
  ms: number;
  result: Result;
}

export interface Busy<Result> {
  done: Done<Result>[];
  seconds: number;
  /** Processor time that PostgreSQL used; null after an interruption or if the system does not report it. */
  databaseCpuMs: number | null;
}

/**
 * Runs each worker in a loop for the given seconds, after one warm-up each. Rejects with the first
 * error of a worker or of the interruption, but does not stop the other workers.
 */
export async function keepBusy<Result>(
  workers: readonly (() => Promise<Result>)[],
  options: { seconds: number; superuser: Client; interrupt?: (() => Promise<void>) | undefined },
): Promise<Busy<Result>> {
  await Promise.all(workers.map((work) => work()));
  const done: Done<Result>[] = [];
  // Server processes that end in an interruption no longer report their processor time.
  const usedCpu = options.interrupt ? async () => null : await watchCpuTime(options.superuser);
  const start = performance.now();
  const end = start + options.seconds * 1000;
  await Promise.all([
    options.interrupt?.(),
    ...workers.map(async (work) => {
      while (performance.now() < end) {
        const before = performance.now();
        const result = await work();
        const at = performance.now();
        done.push({ at, ms: at - before, result });
      }
    }),
  ]);
  const seconds = (performance.now() - start) / 1000;
  return { done, seconds, databaseCpuMs: await usedCpu() };
}

/** How many units of work were done per second, and how long they took. */
export function rateOf(done: readonly Done<unknown>[], seconds: number) {
  const times = done.map(({ ms }) => ms);
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}
