import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const ENTRY = `${WORKFLOWS}/oneWorkflow.ts`;
const one = workflow("return 1").replace('id: "test"', 'id: "one"');
const two = workflow("return 2").replace('id: "test"', 'id: "two"');

/** Mistakes that prevent a workflow from loading, and a part of the report about each. */
const BREAKS: [what: string, source: string, text: string][] = [
  ["a syntax error", `${one}\nconst = 1;`, "> 9 | const = 1;"],
  ["syntax that the engine refuses", `${one}\nlet a; a ??= 1;`, "> 9 | let a; a ??= 1;"],
  ["a top level that throws", `${one}\nthrow new Error("down");`, '> 9 | throw new Error("down");'],
  ["a top level that does not end", `${one}\nfor (;;) {}`, "the top level of the file loops"],
];

describe.for(BREAKS)("a workflow with %s", ([what, source, text]) => {
  // A top level that loops runs into the limit of 3 s, so it is tested in fewer projects.
  const others = what.includes("does not end") ? [] : [{}];
  test.for([{ [`${WORKFLOWS}/twoWorkflow.ts`]: two }, ...others])(
    "is reported when its id is given, in a project with these other files: %j",
    async (beside) => {
      const folder = makeProject({ [ENTRY]: source, ...beside });
      const { code, stdout } = await kindeLocal("run", "one", "--project", folder);
      expect(stdout).toContain("oneWorkflow.ts");
      expect(stdout).toContain(text);
      expect(stdout).toContain("Sync code would refuse this workflow.");
      expect(code).toBe(1);
    },
  );

  test.for(others)("gives a failed run in the test API", async () => {
    const folder = makeProject({ [ENTRY]: source, [`${WORKFLOWS}/twoWorkflow.ts`]: two });
    const run = await openKinde(folder).run({ workflow: "one" });
    expect(run).toMatchObject({ completed: false, stoppedBy: "syncRefused" });
    expect(run.workflow.file).toBe(join(folder, ENTRY));
  });

  test.for(others)("does not hide that another id does not exist", async () => {
    const folder = makeProject({ [ENTRY]: source, [`${WORKFLOWS}/twoWorkflow.ts`]: two });
    await expect(openKinde(folder).run({ workflow: "three" })).rejects.toMatchObject({
      code: "UNKNOWN_WORKFLOW",
    });
  });
});

test("a broken workflow whose id cannot be read from its source is used if no other has the given id", async () => {
  const source =
    'import { id } from "./settings";\nexport const workflowSettings = { id };\nconst = 1;';
  const other = "export const workflowSettings = { id: name() };\nconst = 1;";
  const folder = makeProject({
    [`${WORKFLOWS}/aWorkflow.ts`]: other,
    [ENTRY]: source,
    [`${WORKFLOWS}/twoWorkflow.ts`]: two,
  });
  const kinde = openKinde(folder);
  const { file } = (await kinde.run({ workflow: "one" })).workflow;
  expect(file).toBe(join(folder, ENTRY));
  expect((await kinde.run({ workflow: "z" })).workflow.file).toBe(
    join(folder, `${WORKFLOWS}/aWorkflow.ts`),
  );
});
