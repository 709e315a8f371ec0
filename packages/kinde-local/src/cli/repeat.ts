import type { Kinde } from "../createKinde.ts";
import type { Run, RunOptions } from "../types.ts";

export interface Figures {
  runs: number;
  /** Milliseconds for a whole warm run, from the call of `run` to its result. */
  p50: number;
  p99: number;
  max: number;
  failed: number;
}

export interface Repeat {
  last: Run;
  figures: Figures;
}

/** Repeats a run. `first`, which was a cold run, does not count. */
export async function repeatRun(
  kinde: Kinde,
  options: RunOptions,
  first: Run,
  runs: number,
): Promise<Repeat> {
  const times: number[] = [];
  let last = first;
  let failed = 0;
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    last = await kinde.run(options);
    times.push(performance.now() - start);
    if (last.error) failed++;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    round(times[Math.min(runs - 1, Math.floor(runs * share))] ?? 0);
  return {
    last,
    figures: { runs, p50: at(0.5), p99: at(0.99), max: round(times.at(-1) ?? 0), failed },
  };
}

export function repeatAsText({ runs, p50, p99, max, failed }: Figures): string {
  return `${runs} warm runs: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms, ${failed} failed`;
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
