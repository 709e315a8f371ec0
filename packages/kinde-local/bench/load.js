// Runs many workflows at once on a busy machine: `node bench/load.js [runs] [busy loops]`. It exits
// with 1 if a run fails, for example because it hit a time limit.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = process.env.KINDE_LOCAL_CLI ?? join(import.meta.dirname, "../dist/cli.js");
const [RUNS = 50, BUSY_LOOPS = 12] = process.argv.slice(2).map(Number);
/** The busy loops end after this time even if this program was killed and cannot stop them. */
const LIMIT_MS = 240_000;

const SOURCE = `export const workflowSettings = { id: "plan", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
export default async function () { kinde.accessToken.setCustomClaim("plan", "free"); }
`;

const folder = mkdtempSync(join(tmpdir(), "kinde-local-load-"));
const loops = Array.from({ length: BUSY_LOOPS }, () =>
  spawn(process.execPath, [
    "-e",
    `const end = Date.now() + ${LIMIT_MS}; while (Date.now() < end);`,
  ]),
);
try {
  const workflows = join(folder, "kindeSrc/environment/workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(folder, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  writeFileSync(join(workflows, "planWorkflow.ts"), SOURCE);
  const start = performance.now();
  const runs = await Promise.all(Array.from({ length: RUNS }, run));
  const failed = runs.filter(({ code }) => code !== 0);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${RUNS} runs at once beside ${BUSY_LOOPS} busy loops: ${failed.length} failed, ${seconds} s\n`,
  );
  for (const { output } of failed.slice(0, 3)) process.stdout.write(`${output}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  for (const loop of loops) loop.kill("SIGKILL");
  rmSync(folder, { recursive: true });
}

function run() {
  const child = spawn(process.execPath, [CLI, "run", "--project", folder]);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, output: Buffer.concat(output).toString().trim() }));
  });
}
