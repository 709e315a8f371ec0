import type { Client } from "pg";
import type { Subject } from "../measure/measureInTurns.ts";
import { quantile } from "../measure/statistics.ts";
import { watchCpuTime } from "./cpuTime.ts";

/**
 * Many bare requests at the same time: what PostgREST and PostgreSQL carry without a workflow. A
 * request that does not bring the row throws, and so ends the bench: nothing disturbs these.
 */
export interface Requests {
  concurrent: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time that PostgreSQL used for one of them; null where the system does not tell. */
  databaseCpuMs: number | null;
}

export async function requestAtOnce(
  get: Subject,
  nextUser: () => string,
  superuser: Client,
  { concurrent, seconds }: { concurrent: number; seconds: number },
): Promise<Requests> {
  await Promise.all(Array.from({ length: concurrent }, () => get(nextUser())));
  const times: number[] = [];
  const usedCpu = await watchCpuTime(superuser);
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrent }, async () => {
      while (performance.now() < end) {
        const sent = performance.now();
        await get(nextUser());
        times.push(performance.now() - sent);
      }
    }),
  );
  const ms = performance.now() - start;
  const used = await usedCpu();
  return {
    concurrent,
    perSecond: (times.length * 1000) / ms,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    databaseCpuMs: used === null ? null : used / times.length,
  };
}
