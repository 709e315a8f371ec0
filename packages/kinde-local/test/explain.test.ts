import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";

describe("kinde-local explain", () => {
  test.for([
    [["explain", "absent-global"]],
    [["--explain", "absent-global"]],
    [["--explain=absent-global"]],
    [["check", "--explain", "absent-global"]],
  ] as const)("prints the section of a rule: %s", async ([words]) => {
    const { code, stdout } = await kindeLocal(...words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^absent-global\n\nError\. The workflow uses a name that neither/);
    expect(stdout).toContain("At Kinde: The line throws a ReferenceError");
    expect(stdout).toMatch(
      /\nBad:\n\n {4}return Buffer[\s\S]*\nGood:\n\n {4}return encodeURIComponent/,
    );
    expect(stdout).not.toMatch(/```|\*\*|<!--|\]\(#|### /);
  });

  test.for([
    ["NOT_DEFINED", "The workflow uses a name that does not exist"],
    ["NO_PROJECT", "The folder does not exist"],
    ["PROCESS_LOST", "The process in which the workflows run ended"],
  ] as const)("prints the whole section of the code %s", async ([code, text]) => {
    const { stdout } = await kindeLocal("explain", code);
    expect(stdout).toContain(text);
    expect(stdout).toContain("\nGood:\n");
  });

  test("finds a name in lower-case letters, too", async () => {
    expect((await kindeLocal("explain", "not_defined")).stdout).toMatch(/^NOT_DEFINED\n/);
  });

  test("suggests a similar name, and ends with exit code 2", async () => {
    const { code, stdout, stderr } = await kindeLocal("explain", "absent-globl");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('Did you mean "absent-global"?');
  });

  test("lists all names if no name is given", async () => {
    const { stdout } = await kindeLocal("explain");
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["bundle", "THROWN", "CLOSED"]));
  });

  test("prints JSON with --json", async () => {
    const { stdout } = await kindeLocal("explain", "bundle", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      name: "bundle",
      text: expect.stringMatching(/^\*\*Error/),
    });
  });
});
