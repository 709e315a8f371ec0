import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeWith, makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const named = (id: string, body = "return 1") =>
  workflow(body).replace('id: "test"', `id: "${id}"`);

describe("a project", () => {
  test("is found from any folder below it", async () => {
    const folder = makeProject({ [`${WORKFLOWS}/deep/testWorkflow.ts`]: workflow("return 1") });
    const [found] = await openKinde(join(folder, WORKFLOWS, "deep")).workflows();
    expect(found).toEqual({
      id: "test",
      trigger: "user:tokens_generation",
      file: join(folder, WORKFLOWS, "deep/testWorkflow.ts"),
      failurePolicy: "stop",
    });
  });

  test("without a kinde.json causes an error that says what to do", async () => {
    const outside = join(tmpdir(), "kinde-local-nowhere");
    mkdirSync(outside, { recursive: true });
    await expect(openKinde(outside).run()).rejects.toMatchObject({
      name: "KindeError",
      code: "NO_PROJECT",
      message: expect.stringMatching(/Found no kinde\.json/),
    });
    rmSync(outside, { recursive: true });
  });

  test("with a broken kinde.json uses the defaults, as Kinde does", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/aWorkflow.ts`]: workflow("return 1"),
      "kinde.json": "{ // no",
    });
    expect((await openKinde(folder).run()).completed).toBe(true);
  });

  test("without a workflow causes an error that says which file names are workflows", async () => {
    const folder = makeProject({ [`${WORKFLOWS}/tokens.ts`]: workflow("return 1") });
    await expect(openKinde(folder).run()).rejects.toMatchObject({
      code: "NO_WORKFLOWS",
      message: expect.stringContaining("Workflow.ts"),
    });
  });

  test("with two workflows requires a name, and accepts an id or a file name", async () => {
    const kinde = openKinde(
      makeProject({
        [`${WORKFLOWS}/oneWorkflow.ts`]: named("one"),
        [`${WORKFLOWS}/twoworkflow.js`]: named("two", "return 2"),
      }),
    );
    await expect(kinde.run()).rejects.toMatchObject({
      code: "AMBIGUOUS_WORKFLOW",
      message: expect.stringContaining("one, two"),
    });
    await expect(kinde.run({ workflow: "three" })).rejects.toMatchObject({
      code: "UNKNOWN_WORKFLOW",
    });
    expect((await kinde.run({ workflow: "two" })).claims.accessToken.result).toBe(2);
    expect((await kinde.run({ workflow: "oneWorkflow.ts" })).claims.accessToken.result).toBe(1);
  });

  test("does not treat tests or tsx files as workflows", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: named("one"),
      [`${WORKFLOWS}/oneWorkflow.test.ts`]: "",
      [`${WORKFLOWS}/oneWorkflow.tsx`]: "",
    });
    expect(await openKinde(folder).workflows()).toHaveLength(1);
  });

  test("does not follow links to folders, so links in a loop are harmless", async () => {
    const folder = makeProject({ [`${WORKFLOWS}/oneWorkflow.ts`]: named("one") });
    symlinkSync(join(folder, WORKFLOWS), join(folder, WORKFLOWS, "again"));
    expect(await openKinde(folder).workflows()).toHaveLength(1);
  });

  test("is read again when one of its files has changed", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/oneWorkflow.ts`]: `import { value } from "./value";\n${named("one", "return value")}`,
      [`${WORKFLOWS}/value.ts`]: "export const value = 1",
    });
    const kinde = openKinde(folder);
    expect((await kinde.run()).claims.accessToken.result).toBe(1);
    writeFileSync(join(folder, WORKFLOWS, "value.ts"), "export const value = 'changed'");
    expect((await kinde.run()).claims.accessToken.result).toBe("changed");
  });
});

describe("a package", () => {
  const using = (name: string) => `import x from "${name}";\n${workflow("return x")}`;

  test("that is installed but not on Kinde's list is refused with the list", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/aWorkflow.ts`]: using("left-pad"),
      "node_modules/left-pad/package.json": '{"name":"left-pad","main":"index.js"}',
      "node_modules/left-pad/index.js": "module.exports = 1",
    });
    const run = await openKinde(folder).run();
    expect(run.stage).toBe("bundle");
    expect(run.error?.message).toContain(
      '"left-pad" is not on Kinde\'s list for workflows (@kinde/infrastructure)',
    );
    expect(run.error).toMatchObject({ line: 1, column: 15 });
  });

  test("that is not installed is refused as well", async () => {
    const run = await kindeWith(using("left-pad")).run();
    expect(run.stage).toBe("bundle");
    expect(run.error).toMatchObject({ line: 1, column: 15 });
  });

  test("that Kinde always has need not be installed", async () => {
    const source = `import { getEnvironmentVariable } from "@kinde/infrastructure";\n${workflow('return getEnvironmentVariable("A")?.value')}`;
    const run = await kindeWith(source, { env: { A: "1" } }).run();
    expect(run.claims.accessToken.result).toBe("1");
  });

  test("name that tsconfig.json's paths map to a file of the project is allowed", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/aWorkflow.ts`]: using("own/thing"),
      "tsconfig.json": '{"compilerOptions":{"paths":{"own/*":["./kindeSrc/lib/*"]}}}',
      "kindeSrc/lib/thing.ts": "export default 7",
    });
    expect((await openKinde(folder).run()).claims.accessToken.result).toBe(7);
  });
});

describe("refused syntax is reported at its location in the source, with the fix", () => {
  test.for([
    ["logical assignment", "let a; a ??= 1;", "`a = a ?? b`", 6],
    ["for await", "for await (const x of []) {}", "for (const x of list)", 6],
    [
      "an async generator",
      "async function* g() {}; return g",
      "an async function that returns an array",
      6,
    ],
    ["a regular expression flag", "return /a/v", "Remove the flag `v`", 6],
    ["an enum inside a function", "enum E { A }; return E.A", "move the enum to the top level", 6],
    ["using", "using x = event;", "`const` and `try … finally`", 6],
  ] as const)("%s", async ([, body, instead, line]) => {
    const run = await kindeWith(workflow(body)).run();
    expect(run.stage).toBe("introspect");
    expect(run.error?.code).toBe("SYNTAX_REFUSED");
    expect(`${run.error?.message} ${run.error?.instead}`).toContain(instead);
    expect(run.error).toMatchObject({ line, file: expect.stringMatching(/testWorkflow\.ts$/) });
  });
});
