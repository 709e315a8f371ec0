import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderBenchPage } from "../report/benchPage.ts";
import { promisesOf } from "../report/promises.ts";
import type { Report } from "../report/types.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const committed = () => JSON.parse(read("bench/results.json")) as Report;

test("the page and the chart show the committed results", () => {
  const { page, chart } = renderBenchPage(read("docs/scale.md"));
  expect(page).toBe(read("docs/scale.md"));
  expect(chart).toBe(read("bench/growth.svg"));
});

test("the page's loads of five numbers of users agree with the committed results", () => {
  const { sizes, signIns } = committed();
  const cpuMs = Number(signIns?.get.databaseCpuMs);
  const largest = sizes.at(-1);
  const bytesPerUser = largest && (largest.bytes.table + largest.bytes.indexes) / largest.rows;
  const [, section = ""] = read("docs/scale.md").split("## The load of a number of users");
  const rows = [...section.matchAll(/^\| ([\d,]+) \| ([\d,]+) \| ([\d,.]+) \|(.+)\|$/gm)];
  expect(rows).toHaveLength(5);
  for (const [, users, tokens, perSecond, more] of rows) {
    const [peak, cores, size] = String(more)
      .split("|")
      .map((cell) => cell.trim());
    expect(number(tokens)).toBe(number(users) * 2);
    expectAbout(number(perSecond), (number(users) * 2) / 86_400);
    expectAbout(number(peak), ((number(users) * 2) / 86_400) * 5);
    expectAbout(number(cores), (((number(users) * 2) / 86_400) * 5 * cpuMs) / 1000);
    expectAbout(bytesOf(String(size)), number(users) * Number(bytesPerUser));
  }
});

test("the processor time of a request on the page agrees with that of the sign-ins", () => {
  const { signIns } = committed();
  const predictedMs = Number(signIns?.ours.tokens) * Number(signIns?.get.databaseCpuMs);
  const measuredMs = Number(signIns?.ours.databaseCpuMs);
  expect(measuredMs / predictedMs).toBeGreaterThan(0.5);
  expect(measuredMs / predictedMs).toBeLessThan(2);
  const page = read("docs/scale.md");
  expect(page).toContain(`used ${signIns?.get.databaseCpuMs?.toFixed(3)} ms of processor time`);
  expect(page).toContain(`predicts ${(predictedMs / 1000).toFixed(2)} s`);
  expect(page).toContain(`used ${(measuredMs / 1000).toFixed(2)} s`);
});

test("the committed results keep every promise", () => {
  const report = committed();
  expect(report.sizes.map(({ rows }) => rows)).toEqual([1e3, 1e4, 1e5, 1e6, 1e7]);
  expect(promisesOf(report).filter(({ kept }) => !kept)).toEqual([]);
});

test("a promise that a run does not keep is listed as not kept", () => {
  const report = committed();
  const slow = report.sizes.map((size) => ({
    ...size,
    workflow: { ...size.workflow, ours: size.workflow.tutorial },
  }));
  const missed = promisesOf({ ...report, sizes: slow }).filter(({ kept }) => !kept);
  expect(missed.map(({ what }) => what)).toContain(
    "at least 10 × as fast as the tutorial's workflow at 1,000,000 rows",
  );
});

const number = (text: string | undefined) => Number(text?.replaceAll(",", ""));

function bytesOf(text: string): number {
  const [value, unit] = text.split(" ");
  return number(value) * ({ kB: 1e3, MB: 1e6, GB: 1e9 }[String(unit)] ?? Number.NaN);
}

/** The page rounds to two digits. */
function expectAbout(shown: number, value: number): void {
  expect(Math.abs(shown / value - 1)).toBeLessThan(0.05);
}
