import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKinde } from "kinde-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE_EVENTS } from "../src/events/sampleEvents.ts";
import { workflowName } from "../src/scaffold/workflowName.ts";
import { kindeLocal } from "./support/command.ts";
import { compile, emptyFolder } from "./support/installed.ts";
import { makeProject, openKinde } from "./support/project.ts";

const TRIGGERS = Object.keys(SAMPLE_EVENTS);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe("new in an empty folder, once for each trigger", () => {
  let folder: string;
  beforeAll(async () => {
    folder = emptyFolder(afterAll);
    for (const trigger of TRIGGERS) {
      const { code, stderr } = await kindeLocal("new", trigger, "--project", folder);
      expect([code, stderr]).toEqual([0, ""]);
    }
  });

  test("writes a project with a workflow and a test for each trigger", () => {
    const files = filesIn(folder);
    for (const file of ["kinde.json", "package.json", "tsconfig.json", ".gitignore", "README.md"])
      expect(files).toContain(file);
    expect(files.filter((file) => /Workflow\.ts$/.test(file))).toHaveLength(TRIGGERS.length);
    expect(files.filter((file) => /Workflow\.test\.js$/.test(file))).toHaveLength(TRIGGERS.length);
  });

  test("check finds nothing, not even a warning", async () => {
    expect(await openKinde(folder).check()).toEqual([]);
  });

  test("every trigger has a workflow, whose file and folder are named after its id", async () => {
    const workflows = await openKinde(folder).workflows();
    expect(workflows.map(({ trigger }) => trigger).sort()).toEqual([...TRIGGERS].sort());
    for (const { id, file } of workflows)
      expect(file).toBe(join(folder, `kindeSrc/environment/workflows/${id}/${id}Workflow.ts`));
  });

  test("the compiler accepts the workflows with the engine's types", () => {
    const [program, args] = compile(folder);
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  test("the tests pass with Node's own runner", () => {
    const { status, stdout } = spawnSync(process.execPath, ["--test"], {
      ...{ cwd: folder, encoding: "utf8" as const, timeout: 120_000 },
      env: { PATH: process.env.PATH },
    });
    expect(stdout).toMatch(new RegExp(`^(?:#|ℹ) pass ${TRIGGERS.length}$`, "m"));
    expect(status).toBe(0);
  }, 130_000);

  test("a test fails when its workflow does nothing", async () => {
    const kinde = createKinde({ project: folder });
    const [workflow] = await kinde.workflows();
    await kinde.close();
    const file = workflow?.file ?? "";
    const source = readFileSync(file, "utf8");
    writeFileSync(file, source.replace(/(export default async function .*\{\n)[\s\S]*$/, "$1}\n"));
    const base = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
    const { status } = spawnSync(process.execPath, ["--test", `test/${base}.test.js`], {
      ...{ cwd: folder, timeout: 60_000, env: { PATH: process.env.PATH } },
    });
    writeFileSync(file, source);
    expect(status).toBe(1);
  }, 70_000);
});

describe("new", () => {
  test("uses the given name as the id", async () => {
    const folder = emptyFolder();
    await kindeLocal("new", "m2m:token_generation", "enrich-claims", "--project", folder);
    const [workflow] = await openKinde(folder).workflows();
    expect(workflow).toMatchObject({ id: "enrich-claims", trigger: "m2m:token_generation" });
    expect(filesIn(folder)).toContain("test/enrichClaimsWorkflow.test.js");
  });

  test("adds the workflow to the project of a parent folder, under its rootDir", async () => {
    const folder = makeProject({
      "kinde.json": '{"version":"2024-12-09","rootDir":"src/kinde"}',
      "apps/web/x.txt": "",
    });
    const { stdout } = await kindeLocal(
      ...["new", "user:pre_mfa", "mfa", "--json", "--project", join(folder, "apps/web")],
    );
    expect(JSON.parse(stdout)).toEqual({
      ...{ folder, isNewProject: false, left: [] },
      written: ["src/kinde/environment/workflows/mfa/mfaWorkflow.ts", "test/mfaWorkflow.test.mjs"],
    });
  });

  test("does not change the existing files of a folder", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "package.json"), "{}");
    const { stdout } = await kindeLocal("new", "user:pre_mfa", "--project", folder);
    expect(stdout).toContain("Left as they were:\n  package.json");
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{}");
  });

  test("refuses to overwrite a workflow, and then writes no file", async () => {
    const path = "kindeSrc/environment/workflows/mfa/mfaWorkflow.ts";
    const folder = makeProject({ [path]: "export default async () => {};" });
    const { code, stderr } = await kindeLocal("new", "user:pre_mfa", "mfa", "--project", folder);
    expect(stderr).toContain(`${path} exists already, and kinde-local overwrites no file.`);
    expect(code).toBe(2);
    expect(readFileSync(join(folder, path), "utf8")).toBe("export default async () => {};");
    expect(existsSync(join(folder, "test"))).toBe(false);
  });

  test("refuses a second workflow for a trigger, and a second workflow with an id", async () => {
    const folder = emptyFolder();
    await kindeLocal("new", "user:pre_mfa", "one", "--project", folder);
    const second = await kindeLocal("new", "user:pre_mfa", "two", "--project", folder);
    expect(second.stderr).toContain("The project has a workflow for user:pre_mfa already");
    const same = await kindeLocal("new", "user:plan_selection", "one", "--project", folder);
    expect(same.stderr).toContain('The project has a workflow with the id "one" already');
    expect([second.code, same.code]).toEqual([2, 2]);
  });

  test.for([
    ["vitest", "test/mfaWorkflow.test.ts", 'from "vitest"'],
    ["jest", "test/mfaWorkflow.test.js", 'require("kinde-local")'],
  ] as const)(
    "writes the test for %s if package.json names this runner",
    async ([name, file, text]) => {
      const folder = makeProject({ "package.json": `{"devDependencies":{"${name}":"*"}}` });
      await kindeLocal("new", "user:pre_mfa", "mfa", "--project", folder);
      expect(readFileSync(join(folder, file), "utf8")).toContain(text);
    },
  );

  test("without arguments and a terminal says what to type, and lists the ten triggers", async () => {
    const folder = emptyFolder();
    const { code, stderr, stdout } = await kindeLocal("new", "--project", folder);
    expect(stderr).toContain("kinde-local new user:tokens_generation plan");
    for (const trigger of TRIGGERS) expect(stderr).toContain(trigger);
    expect([code, stdout, filesIn(folder)]).toEqual([2, "", []]);
  });

  test("on a terminal asks for the trigger and the name", () => {
    const folder = emptyFolder();
    const cli = join(import.meta.dirname, "../dist/cli.js");
    const command = `${process.execPath} ${cli} new --project ${folder}`;
    const { status, stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
      ...{ input: "2\nfactor\n", encoding: "utf8" as const, timeout: 60_000 },
    });
    expect(stdout).toContain("When should Kinde run the workflow?");
    expect(status).toBe(0);
    const file = join(folder, "kindeSrc/environment/workflows/factor/factorWorkflow.ts");
    expect(readFileSync(file, "utf8")).toContain("WorkflowTrigger.M2MTokenGeneration");
  });

  test("suggests the trigger that was meant", async () => {
    const { code, stderr } = await kindeLocal("new", "user:token_generation");
    expect(stderr).toContain('Did you mean "user:tokens_generation"?');
    expect(code).toBe(2);
  });
});

describe("the name of a workflow", () => {
  test.for([
    ["plan", "plan", "plan"],
    ["planWorkflow.ts", "plan", "plan"],
    ["enrich-claims", "enrich-claims", "enrichClaims"],
    ["enrich_claims-workflow", "enrich_claims", "enrichClaims"],
  ] as const)("%s", ([typed, id, base]) => {
    expect(workflowName(typed)).toEqual({ id, base });
  });

  test.for(["", "../x", "a b", "1st", 'a"b', "x".repeat(61), "-"])("%s is refused", (typed) => {
    expect(() => workflowName(typed)).toThrow("cannot be the name of a workflow");
  });
});
