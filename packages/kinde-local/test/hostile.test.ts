import { KindeError } from "kinde-local";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const ENTRY = `${WORKFLOWS}/testWorkflow.ts`;

/** Runs and checks a project. kinde-local itself must never fail or hang. */
async function both(folder: string, limitMs = 500) {
  const run = await runProject(folder, limitMs);
  const check = await kindeLocal("check", "--json", "--project", folder);
  expect(check.stderr).not.toMatch(FAULT);
  return { run, check };
}

/** Like `both`, but checks in this process, which takes half the time. Returns no findings. */
async function runAndCheck(folder: string, limitMs = 500) {
  const run = await runProject(folder, limitMs);
  const findings = openKinde(folder).check();
  // A bug in kinde-local would be an error of another class.
  await findings.catch((error: unknown) => expect(error).toBeInstanceOf(KindeError));
  return run;
}

async function runProject(folder: string, limitMs: number) {
  const run = await kindeLocal("run", "--json", "--limit", `${limitMs}`, "--project", folder);
  expect(run.stderr).not.toMatch(FAULT);
  return run;
}

const FAULT = /bug in kinde-local|^\s+at /m;

const errorOf = (stdout: string) => JSON.parse(stdout).error;

describe("a hostile or broken project ends in a clear sentence and exit code 1", () => {
  test("a bundle of 20 MB", { timeout: 120_000 }, async () => {
    const data = JSON.stringify(Array.from({ length: 400_000 }, (_, i) => `${"x".repeat(40)}${i}`));
    const source = `import data from "./data.json";\n${workflow("return data.length")}`;
    const { run, check } = await both(
      makeProject({ [ENTRY]: source, [`${WORKFLOWS}/data.json`]: data }),
    );
    expect(errorOf(run.stdout).message).toMatch(
      /^The bundle has 19\.\d MB, and kinde-local accepts at most 5 MB/,
    );
    expect([run.code, check.code]).toEqual([1, 1]);
  });

  test.for([
    ["a loop at the top level", "for (;;) {}", "did not end: the top level of the file loops"],
    [
      "a top level that allocates without end",
      "const a = []; for (;;) a.push(new Array(1e6).fill(0));",
      "ran out of memory",
    ],
    ["a top level that throws", 'throw new Error("at once");', "at once"],
  ] as const)("%s", async ([, code, message]) => {
    const { run, check } = await both(makeProject({ [ENTRY]: `${code}\n${workflow("return 1")}` }));
    expect(JSON.parse(run.stdout).stage).toBe("introspect");
    expect(errorOf(run.stdout).message).toContain(message);
    expect([run.code, check.code]).toEqual([1, 1]);
  });

  test("settings whose getter throws", async () => {
    const source = `export const workflowSettings = { get id() { throw new Error("no id") } };
      export default async function () {}`;
    const run = await runAndCheck(makeProject({ [ENTRY]: source }));
    expect(errorOf(run.stdout)).toMatchObject({ message: "no id", line: 1 });
    expect(run.code).toBe(1);
  });

  test.for([
    ["a claim that cannot be JSON", "return () => 1", "json: unsupported type"],
    [
      "an error whose stack never ends",
      "throw Object.defineProperty(new Error('x'), 'stack', { get() { for (;;); } })",
      "execution time exceeded",
    ],
    [
      "an error that cannot be read",
      "throw new Proxy(new Error('x'), { get() { throw 1 } })",
      "cannot be converted to a string",
    ],
    ["a string that fills the memory", "let s = 'x'; for (;;) s += s + s.length", ""],
  ] as const)("%s", async ([, body, message]) => {
    const run = await runAndCheck(makeProject({ [ENTRY]: workflow(body) }));
    expect(errorOf(run.stdout).message).toContain(message);
    expect(run.code).toBe(1);
  });

  test("a claim nested a hundred thousand deep", async () => {
    // The full stack must end the run, not the time limit: on a busy machine, 500 ms are too short.
    const body = "let a: any = {}; for (let i = 0; i < 1e5; i++) a = { a }; return a";
    const run = await runAndCheck(makeProject({ [ENTRY]: workflow(body) }), 20_000);
    expect(errorOf(run.stdout).message).toContain("call stack");
    expect(run.code).toBe(1);
  });

  test("a file that is not text, and an empty file", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/aWorkflow.ts`]: "\0\u0001",
      [`${WORKFLOWS}/bWorkflow.ts`]: "",
    });
    const { check } = await both(folder);
    const rules = JSON.parse(check.stdout).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(["bundle", "default-export"]);
    expect(check.code).toBe(1);
  });

  test("a kinde.json with comments, where only check ends with exit code 1", async () => {
    const folder = makeProject({
      "kinde.json": '{\n  // here\n  "rootDir": "src"\n}',
      [ENTRY]: workflow("return 1"),
    });
    const { run, check } = await both(folder);
    expect(JSON.parse(check.stdout).findings[0]).toMatchObject({
      rule: "project-file",
      kinde: expect.stringContaining("ignores the whole file"),
    });
    expect([run.code, check.code]).toEqual([0, 1]);
  });
});

describe("a hostile workflow cannot harm kinde-local", () => {
  test("by patching functions that the realm's own code uses", async () => {
    const body = `Object.prototype.toJSON = () => 1; JSON.parse = JSON.stringify = () => { throw 2 };
      Promise.prototype.then = () => { throw 3 }; Reflect.apply = () => { throw 4 };
      console.log({ c: [1] }); return { b: 1 };`;
    const run = await runAndCheck(makeProject({ [ENTRY]: workflow(body) }));
    expect(JSON.parse(run.stdout)).toMatchObject({
      logs: [{ arguments: [{ c: [1] }] }],
      claims: { accessToken: { result: { b: 1 } } },
    });
  });

  test("by logging without end", async () => {
    const run = await runAndCheck(makeProject({ [ENTRY]: workflow("for (;;) console.log('x')") }));
    const { error, logs } = JSON.parse(run.stdout);
    expect(error.name).toBe("TimeLimitError");
    expect(logs.length).toBeLessThanOrEqual(10_000);
  });

  test("by a cyclic log argument", async () => {
    const run = await runAndCheck(
      makeProject({ [ENTRY]: workflow("const a = {}; a.a = a; console.log(a); return 1") }),
    );
    expect(JSON.parse(run.stdout).logs[0].arguments).toEqual([{ a: "[cyclic]" }]);
    expect(run.code).toBe(0);
  });
});
