import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KindeOptions } from "kinde-local";
import { describe, expect, onTestFinished, test } from "vitest";
import { CLI, kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const CONFIG = "kinde-local.config.json";
const READS = workflow(
  'return [kinde.env.get("A")?.value ?? null, kinde.env.get("TOKEN")?.value ?? null];',
);

/** A project with two workflows, `test` and `other`, and the given files. */
function project(files: Record<string, string>): string {
  return makeProject({
    [`${WORKFLOWS}/testWorkflow.ts`]: READS,
    [`${WORKFLOWS}/otherWorkflow.ts`]: READS.replace('id: "test"', 'id: "other"').replace(
      "user:tokens_generation",
      "m2m:token_generation",
    ),
    ...files,
  });
}

const kindeIn = (folder: string, options: KindeOptions = {}) =>
  openKinde(folder, { settings: true, ...options });

const FULL = {
  envFile: ["a.env"],
  limits: { timeMs: 2_000 },
  unknowns: { missingVariable: "undefined", nonOkResponse: "throw" },
  workflows: { other: { envFile: "b.env", limits: { memoryMb: 64 } } },
};
const ENV_FILES = { "a.env": "A=general\nTOKEN=tok-0123456789\n", "b.env": "A=own\n" };

describe("settings next to kinde.json", () => {
  test("apply to every workflow, and a workflow's own settings override them", async () => {
    const kinde = kindeIn(project({ [CONFIG]: JSON.stringify(FULL), ...ENV_FILES }));
    const run = await kinde.run({ workflow: "test" });
    expect(run.claims.accessToken.result).toEqual(["general", "tok-0123456789"]);
    expect(run.limits).toEqual({ timeMs: 2_000, memoryMb: 128 });
    const other = await kinde.run({ workflow: "other" });
    expect(other.claims.accessToken.result).toEqual(["own", "tok-0123456789"]);
    expect(other.limits).toEqual({ timeMs: 2_000, memoryMb: 64 });
  });

  test("are overridden by the options of createKinde and of run, value by value", async () => {
    const folder = project({ [CONFIG]: JSON.stringify(FULL), ...ENV_FILES });
    const kinde = kindeIn(folder, { env: { A: "option" }, limits: { timeMs: 3_000 } });
    const run = await kinde.run({ workflow: "other", limits: { memoryMb: 96 } });
    expect(run.claims.accessToken.result).toEqual(["option", "tok-0123456789"]);
    expect(run.limits).toEqual({ timeMs: 3_000, memoryMb: 96 });
  });

  test("are ignored by createKinde unless the option settings is true", async () => {
    const folder = project({ [CONFIG]: "{ broken" });
    const run = await openKinde(folder).run({ workflow: "test" });
    expect(run.claims.accessToken.result).toEqual([null, null]);
    await expect(kindeIn(folder).run({ workflow: "test" })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
  });

  test("can be TypeScript that imports other files and modules of Node", async () => {
    const folder = project({
      "kinde-local.config.ts": `import { basename } from "node:path";
        import { defineConfig } from "kinde-local";
        import { TIME } from "./tools/time.ts";
        export default defineConfig({ envFile: basename("/x/a.env"), limits: { timeMs: TIME as number } });`,
      "tools/time.ts": "export const TIME: number = 1_500;",
      ...ENV_FILES,
    });
    const kinde = kindeIn(folder);
    expect((await kinde.run({ workflow: "test" })).limits.timeMs).toBe(1_500);
    const inputs = await kinde.inputs();
    for (const file of ["kinde-local.config.ts", "tools/time.ts", "a.env"])
      expect(inputs).toContain(join(folder, file));
  });

  test("are read again after they or a file that they import were saved", async () => {
    const folder = project({
      "kinde-local.config.ts": `import { TIME } from "./time.ts"; export default { limits: { timeMs: TIME } };`,
      "time.ts": "export const TIME = 1_500;",
    });
    const kinde = kindeIn(folder);
    await kinde.run({ workflow: "test" });
    writeFileSync(join(folder, "time.ts"), "export const TIME = 1_600;");
    expect((await kinde.run({ workflow: "test" })).limits.timeMs).toBe(1_600);
  });
});

describe("the commands", () => {
  test("use the settings, and the command line overrides them", async () => {
    const folder = project({ [CONFIG]: JSON.stringify(FULL), ...ENV_FILES, "c.env": "A=line" });
    const line = [
      "--limit",
      "5000",
      "--env",
      join(folder, "c.env"),
      "--set",
      "missingVariable=null",
    ];
    const { stdout } = await kindeLocal("run", "other", "--json", "--project", folder, ...line);
    const run = JSON.parse(stdout);
    expect(run.limits).toEqual({ timeMs: 5_000, memoryMb: 64 });
    expect(run.claims.accessToken.result[0]).toBe("line");
  });

  test("show no secret of an env file that the settings name", async () => {
    const folder = project({ [CONFIG]: JSON.stringify(FULL), ...ENV_FILES });
    for (const args of [[], ["--json"]]) {
      const { stdout } = await kindeLocal("run", "test", "--project", folder, ...args);
      expect(stdout).toContain("[redacted]");
      expect(stdout).not.toContain("tok-0123456789");
    }
  });

  test("check compares the variables with the env files that exist", async () => {
    const files = { [CONFIG]: JSON.stringify(FULL), "a.env": "A=1\n" };
    const { stdout } = await kindeLocal("check", "--json", "--project", project(files));
    const found = (JSON.parse(stdout).findings as Finding[])
      .filter(({ rule }) => rule === "missing-variable")
      .map(({ message }) => message);
    expect(found).toHaveLength(2);
    for (const message of found) expect(message).toContain("TOKEN");
  });

  test("run says which env file is missing", async () => {
    const folder = project({ [CONFIG]: '{"envFile":".env"}' });
    const { code, stderr } = await kindeLocal("run", "test", "--project", folder);
    expect(stderr).toContain(`Reading ${join(folder, ".env")} failed`);
    expect(code).toBe(2);
  });

  test("--watch runs again when the settings or their env file is saved", async () => {
    const folder = project({ [CONFIG]: '{"envFile":"env/a.env"}', "env/a.env": "A=1" });
    const args = ["run", "test", "--json", "--watch", "--project", folder];
    const child = spawn(CLI, args, { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let printed = "";
    let watching = 0;
    child.stdout.on("data", (chunk) => (printed += chunk));
    child.stderr.on("data", (chunk) => (watching += String(chunk).split("watching").length - 1));
    const runs = () =>
      printed
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
    await expect.poll(() => watching, { timeout: 20_000 }).toBe(1);
    writeFileSync(join(folder, "env/a.env"), "A=2");
    await expect
      .poll(() => runs().at(-1)?.claims.accessToken.result[0], { timeout: 20_000 })
      .toBe("2");
    writeFileSync(join(folder, CONFIG), '{"envFile":"env/a.env","limits":{"timeMs":4000}}');
    await expect.poll(() => runs().at(-1)?.limits.timeMs, { timeout: 20_000 }).toBe(4_000);
  }, 60_000);
});

describe("an invalid settings file leads to one sentence and exit code 2", () => {
  test.for([
    [{ [CONFIG]: '{"limit":{}}' }, 'There is no setting limit. Did you mean "limits"?'],
    [{ [CONFIG]: "{" }, "cannot be read as JSON"],
    [{ [CONFIG]: "{}", "kinde-local.config.ts": "export default {}" }, "Keep one of them"],
    [{ "kinde-local.config.ts": "export const a = 1;" }, "has no default export"],
    [{ "kinde-local.config.ts": "export default {" }, "kinde-local.config.ts:1:17 cannot be read"],
    [{ "kinde-local.config.ts": 'throw new Error("no");\nexport default {};' }, "failed: no."],
    [
      { [CONFIG]: '{"workflows":{"tset":{}}}' },
      'is not a workflow of the project. Did you mean "test"?',
    ],
  ] as const)("%j", async ([files, sentence]) => {
    const { code, stderr } = await kindeLocal("check", "--project", project({ ...files }));
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});

interface Finding {
  rule: string;
  message: string;
}
