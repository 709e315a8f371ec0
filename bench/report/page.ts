// npm run bench:page: brings bench/results.json, the output of
//   npm run --silent bench -- --large --json > bench/results.json
// into the chart and into the tables of supabase/README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawChart } from "./chart.ts";
import { cpuSentence, growthTable, scaleTable } from "./scale.ts";
import type { Report } from "./types.ts";

const RESULTS = new URL("../results.json", import.meta.url);
const CHART = new URL("../growth.svg", import.meta.url);
const PAGE = new URL("../../supabase/README.md", import.meta.url);

/** Two tokens a day each, and five times as many in the busiest moment as on average. */
const HABITS = { tokensPerUser: 2, peakFactor: 5 };

/** The page and the chart as the committed results make them. */
export function bringResults(page: string): { page: string; chart: string } {
  const report = JSON.parse(readFileSync(RESULTS, "utf8")) as Report;
  const tables = {
    growth: growthTable(report.sizes),
    scale: scaleTable(report, HABITS),
    check: cpuSentence(report),
  };
  const filled = Object.entries(tables).reduce(
    (text, [name, table]) => between(text, `<!-- ${name} -->\n`, `<!-- /${name} -->`, `${table}\n`),
    page,
  );
  return { page: filled, chart: drawChart(report.sizes) };
}

function between(text: string, start: string, end: string, content: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The page has no ${start.trim()} … ${end}.`);
  return text.slice(0, from + start.length) + content + text.slice(to);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page, chart } = bringResults(readFileSync(PAGE, "utf8"));
  writeFileSync(PAGE, page);
  writeFileSync(CHART, chart);
}
