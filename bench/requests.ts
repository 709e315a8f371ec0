import { readFileSync } from "node:fs";
import type { Client } from "pg";
import type { Subject } from "./measure.ts";
import { quantile } from "./statistics.ts";

/** Many bare requests at the same time: what PostgREST and PostgreSQL carry without a workflow. */
export interface Requests {
  concurrent: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time that PostgreSQL used for one of them; null where the system does not tell. */
  databaseCpuMs: number | null;
}

// Linux counts a process's time in hundredths of a second.
const MS_PER_TICK = 10;

export async function requestAtOnce(
  get: Subject,
  nextUser: () => string,
  superuser: Client,
  { concurrent, seconds }: { concurrent: number; seconds: number },
): Promise<Requests> {
  await Promise.all(Array.from({ length: concurrent }, () => get(nextUser())));
  const times: number[] = [];
  const before = await cpuTimes(superuser);
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
  const used = difference(before, await cpuTimes(superuser));
  return {
    concurrent,
    perSecond: (times.length * 1000) / ms,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    databaseCpuMs: used === null ? null : used / times.length,
  };
}

/** The processor time so far of every server process that PostgREST holds, by its pid. */
async function cpuTimes(superuser: Client): Promise<Map<number, number> | null> {
  const { rows } = await superuser.query<{ pid: number }>(
    "select pid from pg_stat_activity where usename = 'authenticator'",
  );
  try {
    return new Map(rows.map(({ pid }) => [pid, cpuTime(pid)]));
  } catch {
    return null;
  }
}

/** User and system time of a process, the 14th and 15th field of its line in /proc. */
function cpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function difference(
  before: Map<number, number> | null,
  after: Map<number, number> | null,
): number | null {
  if (!before || !after) return null;
  return [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
}
