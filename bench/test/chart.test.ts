import { expect, test } from "vitest";
import { drawChart } from "../report/chart.ts";
import type { SizeReport } from "../report/types.ts";

function size(rows: number, ours: number, tutorial: number): SizeReport {
  const summary = (median: number) => ({ median, p5: median, p95: median, count: 1 });
  const cost = { pages: summary(4), ms: summary(0.01), steps: "Index Scan" };
  return {
    rows,
    bytes: { table: 0, indexes: 0 },
    lookup: { ours: cost, tutorial: cost },
    workflow: {
      ours: summary(ours),
      oursSmall: summary(ours),
      tutorial: summary(tutorial),
      get: summary(1),
      requestOnly: summary(2),
      empty: summary(1),
    },
  };
}

test("the chart has a line for each subject, a description with the numbers, and colours for light and dark", () => {
  const svg = drawChart([size(1000, 2, 2), size(1_000_000, 2, 30)]);
  expect(svg.match(/<polyline/g)).toHaveLength(3);
  expect(svg.match(/<circle/g)).toHaveLength(6);
  expect(svg).toContain(
    "tutorial's workflow 30.0 ms, this workflow 2.0 ms, bare GET 1.0 ms at 1,000,000",
  );
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("names of lines that end close together do not overlap", () => {
  const svg = drawChart([size(1000, 1, 1), size(10_000, 1, 1)]);
  const heights = [...svg.matchAll(/<text class="\w+" x="498" y="([\d.]+)"/g)].map((match) =>
    Number(match[1]),
  );
  const [first = 0, second = 0, third = 0] = heights.sort((a, b) => a - b);
  expect(second - first).toBeGreaterThanOrEqual(16);
  expect(third - second).toBeGreaterThanOrEqual(16);
});

test("the chart can show a single number of rows", () => {
  expect(drawChart([size(1000, 2, 3)])).not.toMatch(/NaN|undefined|Infinity/);
});
