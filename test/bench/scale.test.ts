import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bringResults } from "../../bench/page.ts";
import { loadOf } from "../../bench/scale.ts";
import type { Report } from "../../bench/types.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the load is tokens a day, spread over its seconds, times what one costs", () => {
  const load = loadOf(8_640_000, { tokensPerUser: 2, peakFactor: 5 }, 0.1);
  expect(load).toEqual({
    tokensPerDay: 17_280_000,
    perSecond: 200,
    peakPerSecond: 1000,
    databaseCores: 0.1,
  });
});

test("the page and the chart show what the committed results say", () => {
  const { page, chart } = bringResults(read("supabase/README.md"));
  expect(page).toBe(read("supabase/README.md"));
  expect(chart).toBe(read("bench/growth.svg"));
});

test("the calculation agrees with the bench: the processors it predicts were there", () => {
  const { signIns, machine } = JSON.parse(read("bench/results.json")) as Report;
  const get = signIns?.get;
  // As many requests as the bench carried, taken as the peak of a day.
  const users = (get?.perSecond ?? 0) * 86_400;
  const load = loadOf(users, { tokensPerUser: 1, peakFactor: 1 }, get?.databaseCpuMs ?? Number.NaN);
  expect(load.databaseCores).toBeGreaterThan(0);
  expect(load.databaseCores).toBeLessThan(machine.cpus);
});

test("the committed results hold what is promised of every run", () => {
  const { sizes, wire, signIns } = JSON.parse(read("bench/results.json")) as Report;
  expect(sizes.map(({ rows }) => rows)).toEqual([1e3, 1e4, 1e5, 1e6, 1e7]);
  expect(wire.ours.requests).toBe(1);
  expect(signIns?.oursWithRestart).toMatchObject({ stopped: 0, withoutClaim: 0 });
  for (const { rows, workflow, lookup } of sizes) {
    const faster = workflow.tutorial.median / workflow.ours.median;
    if (rows === 1e3) expect(faster).toBeGreaterThan(1 / 1.1);
    if (rows === 1e6) expect(lookup.ours.pages.median).toBeLessThanOrEqual(4);
    if (rows >= 1e6) expect(faster).toBeGreaterThan(10);
    expect(workflow.ours.median / workflow.oursSmall.median).toBeLessThan(1.2);
  }
});
