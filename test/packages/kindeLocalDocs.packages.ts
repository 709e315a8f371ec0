import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Block, blocksOf } from "../../packages/kinde-local/test/support/docs.ts";
import {
  type PackedKindeLocal,
  packKindeLocal,
  run,
  writeWorkflow,
} from "./support/packedKindeLocal.ts";

/** The workflow at the top of docs/testing.md. */
const PLAN = `import { accessTokenCustomClaims, fetch, getEnvironmentVariable } from "@kinde/infrastructure";
export const workflowSettings = { id: "plan", trigger: "user:tokens_generation",
  bindings: { "kinde.accessToken": {}, "kinde.env": {}, "kinde.fetch": {}, url: {} } };
export default async function () {
  const url = getEnvironmentVariable("PLANS_URL")?.value ?? "";
  const { data } = await fetch(url, { method: "GET", headers: {}, responseFormat: "json" });
  accessTokenCustomClaims<{ plan: string }>().plan = data.plan;
}`;

let packed: PackedKindeLocal;
beforeAll(async () => {
  packed = await packKindeLocal();
});
afterAll(() => packed.remove());

/** Creates a project with the documentation's examples for one runner. */
async function projectWith(folder: string, more: readonly string[]): Promise<[string, Block[]]> {
  const examples = blocksOf().filter(({ name }) => name?.startsWith(`${folder}/`));
  const project = await packed.install({ private: true, type: "module" }, more);
  writeWorkflow(project, PLAN);
  for (const { name, text } of examples) {
    const file = join(project, name ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return [project, examples];
}

test("every example for vitest passes unchanged", async () => {
  const [project, examples] = await projectWith("vitest", ["vitest@4.1.12", "msw@2.15.0"]);
  expect(examples.length).toBeGreaterThan(3);
  const printed = await run("npx", ["vitest", "run", "--no-color"], project);
  expect(printed).toMatch(new RegExp(`Test Files +${examples.length} passed`));
});

test("every example for jest passes without a flag", async () => {
  const [project, examples] = await projectWith("jest", ["jest@30.5.2"]);
  expect(examples).toHaveLength(1);
  await run("npx", ["jest", "--no-color"], project);
});

test("every example for node:test passes", async () => {
  const [project, examples] = await projectWith("node", []);
  expect(examples).toHaveLength(1);
  expect(await run(process.execPath, ["--test"], project)).toMatch(/^# pass 1$/m);
});
