import { readFileSync } from "node:fs";
import type { Client } from "pg";

// Linux counts a process's time in hundredths of a second.
const MS_PER_TICK = 10;

/**
 * Starts to measure the processor time of the PostgreSQL processes that serve PostgREST.
 *
 * @returns a function that returns the milliseconds used since then, or null if the system does not
 *   report them
 */
export async function watchCpuTime(superuser: Client): Promise<() => Promise<number | null>> {
  const before = await cpuTimes(superuser);
  return async () => difference(before, await cpuTimes(superuser));
}

/** The processor time so far of every PostgreSQL process that serves PostgREST, by its pid. */
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
