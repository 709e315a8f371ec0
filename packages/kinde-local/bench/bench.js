// Measures the times that the README promises, in a temporary project. Start it with
// `npm run bench`; `--json` prints JSON.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKinde } from "../dist/index.js";

const CLI = join(import.meta.dirname, "../dist/cli.js");
const LIMITS = { "warm run": 5, check: 1_000, "first output of run": 700, "save to result": 150 };

const folder = mkdtempSync(join(tmpdir(), "kinde-local-bench-"));
const rows = [];
try {
  const workflow = makeProject(folder);
  await measure("warm run", () => warmRuns(500));
  await measure("check", () => repeat(7, () => firstOutput("check")));
  await measure("first output of run", () => repeat(7, () => firstOutput("run")));
  await measure("save to result", () => watch(workflow, 15));
  process.exitCode = rows.every(({ p50, limit }) => p50 <= limit) ? 0 : 1;
} finally {
  // If a measurement fails, this still prints the results of the earlier ones.
  print(rows);
  rmSync(folder, { recursive: true });
}

async function measure(name, times) {
  rows.push({ name, ...summary(await times()), limit: LIMITS[name] });
}

function makeProject(root) {
  const workflows = join(root, "kindeSrc/environment/workflows/plan");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(root, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  const file = join(workflows, "planWorkflow.ts");
  writeFileSync(file, source(0));
  return file;
}

function source(number) {
  return `import { accessTokenCustomClaims, getEnvironmentVariable } from "@kinde/infrastructure";
export const workflowSettings = { id: "plan", trigger: "user:tokens_generation", bindings: { console: {}, "kinde.accessToken": {}, "kinde.env": {} } };
export default async function (event: { context: { user: { id: string } } }) {
  const claims = accessTokenCustomClaims<{ plan: number; user: string }>();
  claims.plan = ${number};
  claims.user = event.context.user.id;
  console.log("plan", getEnvironmentVariable("PLAN")?.value ?? "none");
}
`;
}

async function warmRuns(count) {
  const kinde = createKinde({ project: folder });
  for (let n = 0; n < 20; n++) await kinde.run();
  const times = await repeat(count, () => timed(() => kinde.run()));
  await kinde.close();
  return times;
}

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function repeat(count, measure) {
  const times = [];
  for (let n = 0; n < count; n++) times.push(await measure());
  return times;
}

/** Returns the milliseconds from the start of the process to its first byte of output. */
async function firstOutput(command) {
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, command, "--project", folder]);
  const closed = new Promise((resolve) => child.on("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const time = performance.now() - start;
  await closed;
  return time;
}

async function watch(file, saves) {
  const child = spawn(process.execPath, [CLI, "run", "--watch", "--json", "--project", folder]);
  const result = () => new Promise((resolve) => child.stdout.once("data", resolve));
  await Promise.all([result(), new Promise((resolve) => child.stderr.once("data", resolve))]);
  const times = [];
  for (let n = 1; n <= saves; n++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    times.push(
      await timed(async () => {
        const next = result();
        writeFileSync(file, source(n));
        await next;
      }),
    );
  }
  child.kill("SIGINT");
  await new Promise((resolve) => child.on("close", resolve));
  return times;
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) =>
    Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return { runs: times.length, p50: at(0.5), p99: at(0.99) };
}

function print(rows) {
  if (process.argv.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
    return;
  }
  const line = (cells) =>
    `${cells[0].padEnd(22)}${cells
      .slice(1)
      .map((cell) => `${cell}`.padStart(12))
      .join("")}\n`;
  process.stdout.write(line(["milliseconds", "runs", "p50", "p99", "limit (p50)"]));
  for (const { name, runs, p50, p99, limit } of rows)
    process.stdout.write(line([name, runs, p50, p99, limit]));
}
