// Measures `check` in a project with 100 workflows. Start it with `node bench/checkMany.js`;
// `--json` prints JSON.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = join(import.meta.dirname, "../dist/cli.js");
const WORKFLOWS = 100;
const RUNS = 5;
/**
 * Helper functions of each workflow. With 8, a bundle has 6 kB, like the longer ones of Kinde's
 * examples.
 */
const PARTS = 8;
/** Milliseconds, on two idle cores. */
const LIMIT = 2_000;

const folder = mkdtempSync(join(tmpdir(), "kinde-local-many-"));
try {
  writeFileSync(join(folder, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  for (let n = 0; n < WORKFLOWS; n++) {
    const place = join(folder, `kindeSrc/environment/workflows/w${n}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "parts.ts"), partsSource());
    writeFileSync(join(place, `w${n}Workflow.ts`), workflowSource(n));
  }
  const times = [];
  for (let n = 0; n < RUNS; n++) times.push(await check());
  print(times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0);
} finally {
  rmSync(folder, { recursive: true });
}

/** Returns the milliseconds from the start of the process to its end. */
async function check() {
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, "check", "--json", "--project", folder]);
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  await new Promise((resolve) => child.on("close", resolve));
  const time = performance.now() - start;
  const { findings } = JSON.parse(Buffer.concat(output).toString());
  // All workflows have the same trigger. `check` must report this, and nothing else.
  const others = findings.filter(({ rule }) => rule !== "duplicate-trigger");
  if (findings.length !== WORKFLOWS - 1 || others.length > 0)
    throw new Error(
      `check returned ${findings.length} findings instead of ${WORKFLOWS - 1}, ${others.length} of them of another rule.`,
    );
  return time;
}

function print(median) {
  const result = { workflows: WORKFLOWS, runs: RUNS, medianMs: Math.round(median), limitMs: LIMIT };
  process.stdout.write(
    process.argv.includes("--json")
      ? `${JSON.stringify(result)}\n`
      : `check of ${WORKFLOWS} workflows: ${result.medianMs} ms (median of ${RUNS}), limit ${LIMIT} ms\n`,
  );
  process.exitCode = median <= LIMIT ? 0 : 1;
}

/**
 * Returns the source of a longer workflow: requests, claims, and some data handling in parts.ts.
 */
function workflowSource(n) {
  return `import { accessTokenCustomClaims, createKindeAPI, fetch, getEnvironmentVariable, WorkflowTrigger } from "@kinde/infrastructure";
import { planOf, rolesOf, summary } from "./parts.ts";

export const workflowSettings = {
  id: "w${n}",
  trigger: WorkflowTrigger.UserTokenGeneration,
  failurePolicy: { action: "continue" },
  bindings: { console: {}, url: {}, "kinde.accessToken": {}, "kinde.env": {}, "kinde.fetch": {} },
};

export default async function workflow(event) {
  const claims = accessTokenCustomClaims<{ plan: string; roles: string[]; summary: string }>();
  const base = getEnvironmentVariable("PLANS_URL")?.value;
  const userId = encodeURIComponent(event.context.user.id);
  try {
    const { data } = await fetch(\`\${base}/plans?user=\${userId}\`, { method: "GET", headers: {} });
    claims.plan = planOf(data);
    const api = await createKindeAPI(event);
    const { data: user } = await api.get({ endpoint: \`user?id=\${userId}&expand=roles\` });
    claims.roles = rolesOf(user);
    claims.summary = summary(claims.plan, claims.roles);
  } catch (error) {
    console.error("plans", error instanceof Error ? error.message : String(error));
  }
}
`;
}

function partsSource() {
  const helpers = Array.from(
    { length: PARTS },
    (_, i) => `
export function part${i}(value: unknown, limit = ${i}): string {
  const items = Array.isArray(value) ? value : [value];
  const kept = items.filter((item) => item !== null && String(item).length > limit);
  return kept.map((item, index) => \`\${index}:\${String(item).trim()}\`).join(", ");
}`,
  ).join("\n");
  const calls = Array.from({ length: PARTS }, (_, i) => `part${i}(roles, ${i})`).join(", ");
  return `export function planOf(data: { plan?: unknown } | null): string {
  return typeof data?.plan === "string" ? data.plan : "free";
}
export function rolesOf(user: { roles?: { key: string }[] } | null): string[] {
  return (user?.roles ?? []).map(({ key }) => key);
}
export function summary(plan: string, roles: string[]): string {
  return [plan, ${calls}].join("; ");
}
${helpers}
`;
}
