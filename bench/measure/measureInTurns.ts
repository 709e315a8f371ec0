import { performance } from "node:perf_hooks";
import { type Summary, summarize } from "./statistics.ts";

/** One subject of a measurement: does its work for a user. */
export type Subject = (user: string) => Promise<unknown>;

/**
 * Times the subjects in turns, so that a busy machine slows all of them alike. Each gets at least
 * `least` samples, then more until it has `most` or its time is over.
 */
export async function measureInTurns<Name extends string>(
  subjects: Record<Name, Subject>,
  nextUser: () => string,
  { warmUp = 20, least = 10, most = 400, limitMs = 6000 } = {},
): Promise<Record<Name, Summary>> {
  const entries = (Object.entries(subjects) as [Name, Subject][]).map(([name, run]) => ({
    ...{ name, run, usedMs: 0 },
    samples: [] as number[],
  }));
  for (const { run } of entries) {
    const until = performance.now() + limitMs / 4;
    for (let i = 0; i < Math.min(warmUp, most) && (i < 2 || performance.now() < until); i += 1)
      await run(nextUser());
  }
  const unfinished = () =>
    entries.filter(
      ({ samples, usedMs }) =>
        samples.length < Math.min(least, most) || (samples.length < most && usedMs < limitMs),
    );
  let first = 0;
  for (let active = unfinished(); active.length > 0; active = unfinished()) {
    // A different subject goes first in each turn, so that the order favours no subject.
    first = (first + 1) % active.length;
    for (const entry of [...active.slice(first), ...active.slice(0, first)]) {
      const user = nextUser();
      const start = performance.now();
      await entry.run(user);
      const ms = performance.now() - start;
      entry.samples.push(ms);
      entry.usedMs += ms;
    }
  }
  const summaries = entries.map(({ name, samples }) => [name, summarize(samples)]);
  return Object.fromEntries(summaries) as Record<Name, Summary>;
}
