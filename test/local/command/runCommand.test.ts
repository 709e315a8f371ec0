import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Interrupted, UsageError } from "../../../local/command/errors.ts";
import { runCommand } from "../../../local/command/runCommand.ts";
import { alignColumns } from "../../../local/command/table.ts";
import { LocalStackError } from "../../../local/supabase/index.ts";

let printed: string;
const exitCodeBefore = process.exitCode;
beforeEach(() => {
  printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stdout, "on").mockReturnThis();
  process.exitCode = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCodeBefore;
});

const missing = Object.assign(new Error("Cannot find package 'pg' imported from /a/b.ts"), {
  code: "ERR_MODULE_NOT_FOUND",
});

test.each([
  ["a usage error", new UsageError("No such file."), 2, "npm start: No such file.\n"],
  [
    "a part of the stack",
    new LocalStackError("PostgREST", "it ended."),
    3,
    "npm start: PostgREST: it ended.\n",
  ],
  ["Ctrl-C", new Interrupted("SIGINT"), 130, ""],
  [
    "a missing package",
    missing,
    2,
    "npm start: Cannot find package 'pg'. Run npm ci, with install scripts allowed.\n",
  ],
])("%s sets the exit code and prints no stack trace", async (_, error, code, sentence) => {
  await runCommand("npm start", () => Promise.reject(error));
  expect(process.exitCode).toBe(code);
  expect(printed).toBe(sentence);
});

test("a bug keeps its stack trace", async () => {
  const bug = new TypeError("x is undefined");
  await expect(runCommand("npm start", () => Promise.reject(bug))).rejects.toBe(bug);
  expect(printed).toBe("");
});

test("keeps the command's own exit code", async () => {
  await runCommand("npm start", async () => 1);
  expect(process.exitCode).toBe(1);
});

test("a table has aligned columns and no spaces at the end of a line", () => {
  expect(
    alignColumns([
      ["user", "claim"],
      ["kp_1", ""],
      ["longer", "true", "more"],
    ]),
  ).toBe("user    claim\nkp_1\nlonger  true   more");
  expect(alignColumns([])).toBe("");
});

test("a table of numbers aligns every column but the first on the right", () => {
  const rows = [
    ["rows", "ms", ""],
    ["1,000", "2.50", "kept"],
    ["10", "12.25", ""],
  ];
  expect(alignColumns(rows, { numbers: true })).toBe(
    "rows      ms\n1,000   2.50  kept\n10     12.25",
  );
});
