// Measures the memory of many runs in one runtime. Start it with `node bench/memory.js`; `--json`
// prints JSON.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createKinde } from "../dist/index.js";

const RUNS = 10_000;
/** Runs per row of the table, and memory samples per row. */
const PER_ROW = 1_000;
const SAMPLES = 20;
/**
 * The most that the last row may have, relative to the second. The first row includes the warm-up.
 */
const GROWTH_LIMIT = 1.1;

setFlagsFromString("--expose-gc");
/** Called before each sample. Otherwise V8 keeps garbage as long as there is room for it. */
const collectGarbage = runInNewContext("gc");

const folder = mkdtempSync(join(tmpdir(), "kinde-local-memory-"));
const rows = [];
try {
  makeProject();
  const kinde = createKinde({ project: folder, fetch: async () => Response.json({ n: 1 }) });
  for (let row = 1; row <= RUNS / PER_ROW; row++)
    rows.push({ runs: row * PER_ROW, ...(await measureRow(kinde)) });
  await kinde.close();
  process.exitCode = Object.values(growth()).every((factor) => factor <= GROWTH_LIMIT) ? 0 : 1;
} finally {
  print();
  rmSync(folder, { recursive: true });
}

function makeProject() {
  const place = join(folder, "kindeSrc/environment/workflows/plan");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(folder, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  writeFileSync(
    join(place, "planWorkflow.ts"),
    `import { accessTokenCustomClaims, fetch } from "@kinde/infrastructure";
export const workflowSettings = { id: "plan", trigger: "user:tokens_generation",
  bindings: { console: {}, url: {}, "kinde.accessToken": {}, "kinde.fetch": {} } };
const kept: string[] = [];
export default async function (event: { context: { user: { id: string } } }) {
  const { data } = await fetch("https://plans.example.com/", { method: "GET", headers: {} });
  for (let i = 0; i < 500; i++) kept.push(event.context.user.id + i);
  console.log("plan", kept.length);
  accessTokenCustomClaims<{ n: number; kept: number }>().n = data.n;
  accessTokenCustomClaims<{ n: number; kept: number }>().kept = kept.length;
}
`,
  );
}

/** Medians over the samples of one row, in MB. */
async function measureRow(kinde) {
  const samples = [];
  for (let n = 1; n <= PER_ROW; n++) {
    const { error, claims } = await kinde.run();
    if (error || claims.accessToken.kept !== 500)
      throw new Error("A run did not return the expected result.");
    if (n % (PER_ROW / SAMPLES) === 0) samples.push(sample());
  }
  const median = (name) => samples.map((one) => one[name]).toSorted((a, b) => a - b)[SAMPLES / 2];
  return { rss: median("rss"), heap: median("heap"), realm: median("realm") };
}

/** Measures this process and the process in which the workflows run, in MB. */
function sample() {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: megabytes(rss), heap: megabytes(heapUsed), realm: megabytes(rssOfRealms()) };
}

function rssOfRealms() {
  const processes = execFileSync("ps", ["-eo", "ppid=,rss=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([ppid, , ...args]) => ppid === `${process.pid}` && args.join(" ").includes("realm.js"),
    );
  return processes.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
}

function megabytes(bytes) {
  return Math.round(bytes / 2 ** 17) / 8;
}

function growth() {
  const [, second] = rows;
  const last = rows.at(-1);
  const factor = (name) => Math.round((last[name] / second[name]) * 100) / 100;
  return { rss: factor("rss"), heap: factor("heap"), realm: factor("realm") };
}

function print() {
  if (process.argv.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ node: process.version, rows })}\n`);
    return;
  }
  const line = (cells) => `${cells.map((cell) => `${cell}`.padStart(12)).join("")}\n`;
  process.stdout.write(line(["runs", "RSS MB", "heap MB", "realm MB"]));
  for (const { runs, rss, heap, realm } of rows)
    process.stdout.write(line([runs, rss, heap, realm]));
  if (rows.length < 2) return;
  const { rss, heap, realm } = growth();
  process.stdout.write(line(["growth", rss, heap, realm]));
}
