import { spawn } from "node:child_process";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "kinde-local";
import { describe, expect, onTestFinished, test } from "vitest";
import { CLI, kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow as withBindings } from "./support/project.ts";

/** Files in a folder without kinde.json. */
function looseFiles(files: Record<string, string>): string {
  const folder = makeProject(files);
  rmSync(join(folder, "kinde.json"));
  return folder;
}

/** A workflow without an unused binding, so that check finds nothing. */
const workflow = (body: string): string => withBindings(body, ["kinde.accessToken"]);

const IMPORTING = `import { value } from "./value";\n${workflow("return value")}`;

describe("a workflow's file outside of any project", () => {
  test.for(["trialWorkflow.ts", "trialWorkflow.js", "notes.ts"])("runs: %s", async (name) => {
    const folder = looseFiles({ [name]: IMPORTING, "value.ts": "export const value = 7;" });
    const run = await openKinde(join(folder, name)).run();
    expect(run.claims.accessToken).toEqual({ result: 7 });
    expect(run.workflow.file).toBe(join(folder, name));
  });

  test("is checked, its imports too", async () => {
    const folder = looseFiles({
      "trialWorkflow.ts": IMPORTING,
      "value.ts": "export const value = globalThis.crypto ?? structuredClone(1);",
    });
    const findings = await openKinde(join(folder, "trialWorkflow.ts")).check();
    expect(findings.map(({ rule, file }) => [rule, file])).toContainEqual([
      "absent-global",
      join(folder, "value.ts"),
    ]);
  });

  test("needs a name that Kinde finds, and check suggests one with the same ending", async () => {
    const folder = looseFiles({ "trial.js": workflow("return 1") });
    expect(await openKinde(join(folder, "trial.js")).check()).toMatchObject([
      { rule: "workflow-name", instead: "Rename it to trialWorkflow.js." },
    ]);
  });

  test("does not include another workflow in the same folder", async () => {
    const folder = looseFiles({
      "oneWorkflow.ts": workflow("return 1"),
      "twoWorkflow.ts": workflow("return 2"),
    });
    const kinde = openKinde(join(folder, "twoWorkflow.ts"));
    expect(await kinde.workflows()).toHaveLength(1);
    expect(await kinde.check()).toEqual([]);
  });

  test.for([
    ["missingWorkflow.ts", "does not exist. Check its path."],
    ["README.md/belowWorkflow.ts", "does not exist. Check its path."],
    ["README.md", "cannot be a workflow: Kinde accepts only files that end in .ts or .js."],
    ["page.tsx", "cannot be a workflow"],
  ] as const)("is refused in one sentence: %s", async ([name, message]) => {
    const folder = looseFiles({ "README.md": "", "page.tsx": "" });
    await expect(openKinde(join(folder, name)).run()).rejects.toMatchObject({
      code: "UNKNOWN_WORKFLOW",
      message: expect.stringContaining(message),
    });
  });

  test("without a default function fails with the reason", async () => {
    const folder = looseFiles({ "trialWorkflow.ts": "export const a = 1;" });
    const run = await openKinde(join(folder, "trialWorkflow.ts")).run();
    expect(run.error).toMatchObject({ code: "NO_DEFAULT_EXPORT" });
  });
});

describe("the commands", () => {
  test("run and check accept the file's path", async () => {
    const file = join(looseFiles({ "trialWorkflow.ts": workflow("return 7") }), "trialWorkflow.ts");
    // The command's own folder is inside this repository, which has a kinde.json.
    const at = ["--project", join(file, "..")];
    const ran = await kindeLocal("run", file, "--json", ...at);
    expect(JSON.parse(ran.stdout)).toMatchObject({ claims: { accessToken: { result: 7 } } });
    const checked = await kindeLocal("check", file, ...at);
    expect(checked).toMatchObject({
      code: 0,
      stdout: "No findings. Sync code should accept this workflow.\n",
    });
  });

  test("run finds the file's own project", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: workflow("return 1").replace('"test"', '"one"'),
      [`${WORKFLOWS}/twoWorkflow.ts`]: workflow("return 2"),
    });
    const file = join(folder, WORKFLOWS, "twoWorkflow.ts");
    const { stdout } = await kindeLocal("run", file, "--json", "--project", looseFiles({}));
    expect(JSON.parse(stdout)).toMatchObject({ claims: { accessToken: { result: 2 } } });
  });

  test("check accepts the id of one workflow of a project", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: workflow("return atob('')").replace('"test"', '"one"'),
      [`${WORKFLOWS}/twoWorkflow.ts`]: workflow("return 2").replace('"test"', '"two"'),
    });
    const check = (name: string) => kindeLocal("check", name, "--project", folder);
    expect(await check("two")).toMatchObject({ code: 0 });
    expect((await check("one")).stdout).toMatch(/oneWorkflow\.ts:.* absent-global/);
    expect(await check("three")).toMatchObject({ code: 2 });
  });

  test("a file that belongs to no project can be run from a project's folder", async () => {
    const file = join(looseFiles({ "trialWorkflow.ts": workflow("return 7") }), "trialWorkflow.ts");
    const folder = makeProject({ [`${WORKFLOWS}/oneWorkflow.ts`]: workflow("return 1") });
    const { stdout } = await kindeLocal("run", file, "--json", "--project", folder);
    expect(JSON.parse(stdout)).toMatchObject({ claims: { accessToken: { result: 7 } } });
  });

  test("a file outside the project's folder for workflows is refused with that reason", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: workflow("return 1"),
      "drafts/twoWorkflow.ts": workflow("return 2"),
    });
    const { code, stderr } = await kindeLocal("run", join(folder, "drafts/twoWorkflow.ts"));
    expect(code).toBe(2);
    expect(stderr).toContain("it is not in <rootDir>/environment/workflows");
  });

  test("a path selects one of two files with the same name, and that name alone is refused", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: workflow("return 1"),
      [`${WORKFLOWS}/sub/oneWorkflow.ts`]: workflow("return 2").replace('"test"', '"other"'),
    });
    const kinde = openKinde(folder);
    const run = await kinde.run({ workflow: join(folder, WORKFLOWS, "sub/oneWorkflow.ts") });
    expect(run.claims.accessToken).toEqual({ result: 2 });
    await expect(kinde.run({ workflow: "oneWorkflow.ts" })).rejects.toMatchObject({
      code: "AMBIGUOUS_WORKFLOW",
      message: expect.stringContaining("Name one by its path"),
    });
  });

  test("an id that a single file does not have is refused", async () => {
    const folder = looseFiles({ "trialWorkflow.ts": workflow("return 7") });
    const kinde = openKinde(join(folder, "trialWorkflow.ts"));
    await expect(kinde.check({ workflow: "other" })).rejects.toMatchObject({
      code: "UNKNOWN_WORKFLOW",
    });
    expect(await kinde.check({ workflow: "test" })).toEqual([]);
  });

  test.for([
    ["too long", `${"a".repeat(300)}Workflow.ts`],
    ["with a NUL", "a\0b.ts"],
  ] as const)("a path that cannot be read is refused: %s", async ([, name]) => {
    const folder = looseFiles({ "trialWorkflow.ts": workflow("return 7") });
    await expect(openKinde(join(folder, name)).run()).rejects.toMatchObject({
      name: "KindeError",
      code: "UNREADABLE",
    });
  });

  test("a path does not hide a wrong --project", async () => {
    const folder = looseFiles({ "trialWorkflow.ts": workflow("return 7") });
    const missing = join(folder, "missing");
    const { code, stderr } = await kindeLocal(
      ...["run", join(folder, "trialWorkflow.ts"), "--project", missing],
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`${missing} does not exist. Check --project.`);
  });

  test("--watch runs a single file again, even after the file did not exist for a time", async () => {
    const folder = looseFiles({ "trialWorkflow.ts": workflow("return 1") });
    const file = join(folder, "trialWorkflow.ts");
    const child = spawn(CLI, ["run", file, "--watch", "--json"], { cwd: folder });
    onTestFinished(() => void child.kill("SIGKILL"));
    const results: unknown[] = [];
    let out = "";
    let wanted = (): void => {};
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (out + chunk).split("\n");
      out = lines.pop() ?? "";
      for (const line of lines) results.push((JSON.parse(line) as Run).claims.accessToken.result);
      wanted();
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      wanted();
    });
    const until = async (fits: () => boolean): Promise<void> => {
      while (!fits()) {
        await new Promise<void>((resolve) => {
          wanted = resolve;
        });
      }
    };
    await until(() => results.includes(1) && said.includes("watching"));
    renameSync(file, join(folder, "elsewhere.txt"));
    await until(() => said.includes("does not exist"));
    writeFileSync(file, workflow("return 2"));
    await until(() => results.includes(2));
    child.kill("SIGINT");
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  });
});
