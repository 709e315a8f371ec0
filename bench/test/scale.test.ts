import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bringResults } from "../report/page.ts";
import { promisesOf } from "../report/promises.ts";
import { cpuCheck, loadOf } from "../report/scale.ts";
import type { Report } from "../report/types.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const committed = () => JSON.parse(read("bench/results.json")) as Report;

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

test("the calculation agrees with the bench: it foretells what the sign-ins cost PostgreSQL", () => {
  const { predictedMs, measuredMs } = cpuCheck(committed());
  expect(measuredMs / predictedMs).toBeGreaterThan(0.5);
  expect(measuredMs / predictedMs).toBeLessThan(2);
});

test("the committed results keep every promise", () => {
  const report = committed();
  expect(report.sizes.map(({ rows }) => rows)).toEqual([1e3, 1e4, 1e5, 1e6, 1e7]);
  expect(promisesOf(report).filter(({ kept }) => !kept)).toEqual([]);
});

test("a promise that a run does not keep is named", () => {
  const report = committed();
  const slow = report.sizes.map((size) => ({
    ...size,
    workflow: { ...size.workflow, ours: size.workflow.tutorial },
  }));
  const missed = promisesOf({ ...report, sizes: slow }).filter(({ kept }) => !kept);
  expect(missed.map(({ what }) => what)).toContain(
    "at least 10 × as fast as the tutorial's at 1,000,000 rows",
  );
});
