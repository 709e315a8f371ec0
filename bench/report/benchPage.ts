// npm run bench:page: copies bench/results.json, the output of
//   npm run --silent bench -- --large --json > bench/results.json
// into the chart and into the table of docs/scale.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawChart } from "./chart.ts";
import { thousands } from "./text.ts";
import type { Report, SizeReport } from "./types.ts";

const RESULTS = new URL("../results.json", import.meta.url);
const CHART = new URL("../growth.svg", import.meta.url);
const PAGE = new URL("../../docs/scale.md", import.meta.url);
const TABLE = /(<!-- growth -->\n)[\s\S]*(<!-- \/growth -->)/;

/** Renders the page with the table and the chart of the committed results. */
export function renderBenchPage(page: string): { page: string; chart: string } {
  const { sizes } = JSON.parse(readFileSync(RESULTS, "utf8")) as Report;
  if (!TABLE.test(page))
    throw new Error(
      "docs/scale.md has lost the comments around the table of growth. Fix: restore them from git.",
    );
  const filled = page.replace(TABLE, (_, start, end) => `${start}${growthTable(sizes)}\n${end}`);
  return { page: filled, chart: drawChart(sizes) };
}

/** Renders the measurements at each number of rows as a Markdown table. */
function growthTable(sizes: readonly SizeReport[]): string {
  const columns: [string, (size: SizeReport) => string][] = [
    ["rows", ({ rows }) => thousands(rows)],
    ["pages, ours", ({ lookup }) => thousands(lookup.ours.pages.median)],
    ["pages, tutorial", ({ lookup }) => thousands(lookup.tutorial.pages.median)],
    ["run, ours", ({ workflow }) => `${workflow.ours.median.toFixed(1)} ms`],
    ["run, tutorial", ({ workflow }) => `${workflow.tutorial.median.toFixed(1)} ms`],
    [
      "tutorial / ours",
      ({ workflow: { ours, tutorial } }) => times(tutorial.median, ours.median, 1),
    ],
    [
      "ours / ours at 1,000",
      ({ workflow: { ours, oursSmall } }) => times(ours.median, oursSmall.median, 2),
    ],
  ];
  const head = columns.map(([name]) => name);
  const rows = sizes.map((size) => columns.map(([, cell]) => cell(size)));
  return [head, head.map(() => "--:"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const times = (a: number, b: number, digits: number) => `${(a / b).toFixed(digits)} ×`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page, chart } = renderBenchPage(readFileSync(PAGE, "utf8"));
  writeFileSync(PAGE, page);
  writeFileSync(CHART, chart);
}
