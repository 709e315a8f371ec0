import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKinde } from "kinde-local";
import { describe, expect, test } from "vitest";
import { CLI, kindeLocal } from "./support/command.ts";
import { makeProject, projectWith, WORKFLOWS } from "./support/project.ts";

const NAMED = `${WORKFLOWS}/namedWorkflow.ts`;
const makePipe = (path: string) => execFileSync("mkfifo", [path]);

/** Expects one sentence without a stack trace, and the exit code of bad input. */
function expectSentence({ code, stdout, stderr }: Awaited<ReturnType<typeof kindeLocal>>): void {
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).not.toContain("bug in kinde-local");
  expect(stdout).toBe("");
  expect(code).toBe(2);
}

describe("a project with a file that cannot be read to its end is refused in a sentence", () => {
  const cases: [string, (folder: string) => void, string][] = [
    [
      "a named pipe in the place of a workflow",
      (folder) => makePipe(join(folder, NAMED)),
      "namedWorkflow.ts failed: it is a named pipe, not a regular file.",
    ],
    [
      "a named pipe that a workflow may import",
      (folder) => makePipe(join(folder, WORKFLOWS, "data.json")),
      "data.json failed: it is a named pipe, not a regular file.",
    ],
    [
      "a link to a device that never ends",
      (folder) => symlinkSync("/dev/zero", join(folder, NAMED)),
      "namedWorkflow.ts failed: it is a device, not a regular file.",
    ],
    [
      "a folder named like a workflow",
      (folder) => mkdirSync(join(folder, NAMED)),
      "namedWorkflow.ts failed: it is a folder, not a regular file.",
    ],
    [
      "a link to a folder",
      (folder) => symlinkSync("/tmp", join(folder, NAMED)),
      "namedWorkflow.ts failed: it is a folder, not a regular file.",
    ],
    [
      "a link to itself",
      (folder) => symlinkSync(join(folder, NAMED), join(folder, NAMED)),
      "ELOOP",
    ],
    [
      "a file of 100 MB",
      (folder) => {
        writeFileSync(join(folder, NAMED), "");
        truncateSync(join(folder, NAMED), 100_000_000);
      },
      "it has 100 MB, and kinde-local reads files of up to 25 MB.",
    ],
    [
      "a named pipe in the place of tsconfig.json",
      (folder) => makePipe(join(folder, "tsconfig.json")),
      "tsconfig.json failed: it is a named pipe, not a regular file.",
    ],
  ];

  test.for(cases)("%s", async ([, plant, sentence]) => {
    const folder = projectWith("return 1");
    plant(folder);
    for (const command of ["check", "run"]) {
      const finished = await kindeLocal(command, "--project", folder);
      expectSentence(finished);
      expect(finished.stderr).toContain(sentence);
    }
  });

  test("but a named pipe elsewhere in the project does no harm", async () => {
    const folder = projectWith("return 1");
    makePipe(join(folder, "kindeSrc/notes.ts"));
    expect((await kindeLocal("check", "--project", folder)).code).toBe(0);
  });
});

describe("an input that cannot be used is refused in a sentence", () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

  test.for([
    ["--event", "deep.json", "is nested more than 200 levels deep."],
    ["--claims", "deep.json", "is nested more than 200 levels deep."],
    ["--event", "/dev/zero", "it is a device, not a regular file."],
    ["--env", "/dev/zero", "it is a device, not a regular file."],
    ["--event", ".", "it is a folder, not a regular file."],
    ["--event", "pipe", "it is a named pipe, not a regular file."],
    ["--override", `${"a.".repeat(50_000)}a=1`, "does not name a member of an event"],
  ] as const)("%s %s", async ([option, value, sentence]) => {
    const folder = makeProject({ "deep.json": deep(200_000) });
    makePipe(join(folder, "pipe"));
    const path = option === "--override" || value.startsWith("/") ? value : join(folder, value);
    const finished = await kindeLocal("run", "--project", projectWith("return 1"), option, path);
    expectSentence(finished);
    expect(finished.stderr).toContain(sentence);
  });

  test("but an env file from a shell's <(command) is read", async () => {
    const folder = projectWith("return kinde.env.get('PLACE').value");
    const command = `"${CLI}" run --json --project "${folder}" --env <(echo PLACE=here)`;
    const stdout = execFileSync("bash", ["-c", command], { encoding: "utf8" });
    expect(JSON.parse(stdout).claims.accessToken.result).toBe("here");
  });

  test("an event of the test API that is cyclic or too deep", async () => {
    await using kinde = createKinde({ project: projectWith("return 1") });
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    for (const event of [JSON.parse(deep(200_000)), cyclic]) {
      await expect(kinde.run({ event })).rejects.toMatchObject({ code: "BAD_INPUT" });
    }
  });
});

test("a claim of a few thousand levels is shortened in the output, and the command succeeds", async () => {
  const folder = projectWith("let a: any = {}; for (let i = 0; i < 3e3; i++) a = { a }; return a");
  for (const format of [[], ["--json"]]) {
    const { code, stderr } = await kindeLocal("run", ...format, "--project", folder);
    expect([code, stderr]).toEqual([0, ""]);
  }
});
