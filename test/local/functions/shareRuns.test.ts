import { expect, test } from "vitest";
import { shareRuns } from "../../../supabase/functions/refresh-claims/shareRuns.ts";

/** Work that the test ends. */
function controlled() {
  const ends: ((result: number) => void)[] = [];
  const run = shareRuns(() => new Promise<number>((resolve) => ends.push(resolve)));
  return { run, ends };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("requests that arrive during a run share the next run", async () => {
  const { run, ends } = controlled();
  const first = run();
  await turn();
  const others = [run(), run(), run()];
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]?.(1);
  expect(await first).toBe(1);
  await turn();
  expect(ends).toHaveLength(2);
  const late = run();
  ends[1]?.(2);
  expect(await Promise.all(others)).toEqual([2, 2, 2]);
  await turn();
  ends[2]?.(3);
  expect(await late).toBe(3);
});

test("the next run starts after a failed one", async () => {
  let attempts = 0;
  const run = shareRuns(async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("the first one fails");
    return attempts;
  });
  await expect(run()).rejects.toThrow("the first one fails");
  expect(await run()).toBe(2);
});
