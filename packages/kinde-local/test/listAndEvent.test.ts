import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SAMPLE_EVENTS } from "../src/events/sampleEvents.ts";
import { kindeLocal } from "./support/command.ts";
import { emptyFolder } from "./support/installed.ts";
import { makeProject } from "./support/project.ts";

const TRIGGERS = Object.keys(SAMPLE_EVENTS);

describe("list", () => {
  test("shows id, trigger and file of each workflow, and workflows that cannot be loaded", async () => {
    const folder = emptyFolder();
    await kindeLocal("new", "user:pre_mfa", "mfa", "--project", folder);
    writeFileSync(join(folder, "kindeSrc/environment/workflows/badWorkflow.ts"), "export (");
    const text = await kindeLocal("list", "--project", folder);
    expect(text.stdout).toMatch(/^mfa +user:pre_mfa +\S+mfaWorkflow\.ts$/m);
    expect(text.stdout).toMatch(/^\(no id\) +\(no trigger\) +\S+badWorkflow\.ts$/m);
    const json = await kindeLocal("list", "--json", "--project", folder);
    expect(JSON.parse(json.stdout).workflows).toContainEqual({
      ...{ id: "mfa", trigger: "user:pre_mfa", failurePolicy: "stop" },
      file: join(folder, "kindeSrc/environment/workflows/mfa/mfaWorkflow.ts"),
    });
  });

  test("says how to write the first workflow", async () => {
    const { code, stdout } = await kindeLocal("list", "--project", makeProject({}));
    expect([code, stdout]).toEqual([0, "No workflows. Write one with: kinde-local new\n"]);
  });
});

describe("event", () => {
  test.for(TRIGGERS)("prints the sample of %s as JSON", async (trigger) => {
    const { code, stdout } = await kindeLocal("event", trigger);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(SAMPLE_EVENTS[trigger as keyof typeof SAMPLE_EVENTS]);
  });

  test("lists the ten triggers if no trigger is given", async () => {
    const { code, stderr } = await kindeLocal("event");
    for (const trigger of TRIGGERS) expect(stderr).toContain(trigger);
    expect(code).toBe(2);
  });
});
