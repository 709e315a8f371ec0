import { thousands } from "./text.ts";
import type { SizeReport } from "./types.ts";

const WIDTH = 640;
const HEIGHT = 340;
const PLOT = { left: 64, right: 488, top: 48, bottom: 284 };

const LINES = [
  { key: "tutorial", label: "tutorial's workflow" },
  { key: "ours", label: "this workflow" },
  { key: "get", label: "bare GET" },
] as const;

// The card has its own background, so it is readable on any page.
const STYLE = `
  svg { font: 13px system-ui, sans-serif; --ground: #ffffff; --ink: #1f2328; --faint: #d1d9e0; --tutorial: #bc4c00; --ours: #0969da; --get: #59636e }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --ink: #f0f6fc; --faint: #3d444d; --tutorial: #f0883e; --ours: #58a6ff; --get: #9198a1 }
  }
  .ground { fill: var(--ground); stroke: var(--faint) }
  text { fill: var(--ink) }
  .title { font-weight: 600 }
  .grid { stroke: var(--faint) }
  .line { fill: none; stroke-width: 2.5 }
  .tutorial { stroke: var(--tutorial) } .ours { stroke: var(--ours) } .get { stroke: var(--get); stroke-dasharray: 5 4 }
  text.tutorial, circle.tutorial { fill: var(--tutorial); stroke: none }
  text.ours, circle.ours { fill: var(--ours); stroke: none }
  text.get, circle.get { fill: var(--get); stroke: none }`;

/** Draws the median time of a whole run against the number of rows, both axes logarithmic. */
export function drawChart(sizes: readonly SizeReport[]): string {
  const times = sizes.flatMap(({ workflow }) => LINES.map(({ key }) => workflow[key].median));
  const rows = sizes.map((size) => size.rows);
  const x = logScale(Math.min(...rows), Math.max(...rows), PLOT.left, PLOT.right);
  const low = Math.floor(Math.log10(Math.min(...times)));
  const high = Math.ceil(Math.log10(Math.max(...times)));
  const y = logScale(10 ** low, 10 ** high, PLOT.bottom, PLOT.top);
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const parts = [
    ...powers.map(
      (ms) =>
        `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(ms)}" y2="${y(ms)}"/>` +
        `<text x="${PLOT.left - 8}" y="${y(ms) + 4}" text-anchor="end">${number(ms)}</text>`,
    ),
    ...rows.map(
      (count) =>
        `<text x="${x(count)}" y="${PLOT.bottom + 20}" text-anchor="middle">${number(count)}</text>`,
    ),
    ...LINES.map(({ key }) => {
      const points = sizes.map((size) => [x(size.rows), y(size.workflow[key].median)]);
      const dots = points.map(
        ([cx, cy]) => `<circle class="${key}" cx="${cx}" cy="${cy}" r="3.5"/>`,
      );
      return `<polyline class="line ${key}" points="${points.join(" ")}"/>${dots.join("")}`;
    }),
    ...spacedLabels(sizes, y).map(
      ({ key, label, at }) =>
        `<text class="${key}" x="${PLOT.right + 10}" y="${at + 4}">${label}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">
<title id="title">Milliseconds for one token against the number of profiles: ${summary(sizes)}</title>
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>
<text class="title" x="16" y="26">Milliseconds for one token (median)</text>
${parts.join("\n")}
<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 14}" text-anchor="middle">profiles in the table</text>
</svg>
`;
}

/** Places the lines' names beside their ends, and moves them apart where they would overlap. */
function spacedLabels(sizes: readonly SizeReport[], y: (ms: number) => number) {
  let above = Number.NEGATIVE_INFINITY;
  return LINES.map((line) => ({ ...line, at: y(sizes.at(-1)?.workflow[line.key].median ?? 1) }))
    .sort((a, b) => a.at - b.at)
    .map((label) => {
      above = Math.max(label.at, above + 17);
      return { ...label, at: above };
    });
}

function summary(sizes: readonly SizeReport[]): string {
  const last = sizes.at(-1);
  if (!last) return "nothing measured";
  const parts = LINES.map(
    ({ key, label }) => `${label} ${last.workflow[key].median.toFixed(1)} ms`,
  );
  return `${parts.join(", ")} at ${thousands(last.rows)}`;
}

function logScale(from: number, to: number, start: number, end: number) {
  return (value: number) => {
    const share = to === from ? 0 : Math.log(value / from) / Math.log(to / from);
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
}

const number = (value: number) =>
  value >= 1 ? thousands(Math.round(value)) : String(Number(value.toPrecision(1)));
