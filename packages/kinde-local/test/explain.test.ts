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
    expect(stdout).toMatch(/^absent-global\n\nError\. A name that neither the engine/);
    expect(stdout).toContain("At Kinde: The line throws a ReferenceError");
    expect(stdout).toMatch(
      /\nBad:\n\n {4}return Buffer[\s\S]*\nGood:\n\n {4}return encodeURIComponent/,
    );
    expect(stdout).not.toMatch(/```|\*\*|<!--|\]\(#|### /);
  });

  test.for([
    ["NOT_DEFINED", "A name was used that does not exist"],
    ["NO_PROJECT", "The folder does not exist"],
    ["PROCESS_LOST", "The process that holds the realms ended"],
  ] as const)("prints the section of the code %s, the last one whole", async ([code, text]) => {
    const { stdout } = await kindeLocal("explain", code);
    expect(stdout).toContain(text);
    expect(stdout).toContain("\nGood:\n");
  });

  test("is not used up by the first word: a name in small letters is found, too", async () => {
    expect((await kindeLocal("explain", "not_defined")).stdout).toMatch(/^NOT_DEFINED\n/);
  });

  test("asks whether a neighbour was meant, and ends with code 2", async () => {
    const { code, stdout, stderr } = await kindeLocal("explain", "absent-globl");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('Did you mean "absent-global"?');
  });

  test("lists all names without one", async () => {
    const { stdout } = await kindeLocal("explain");
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["bundle", "THROWN", "CLOSED"]));
  });

  test("gives JSON", async () => {
    const { stdout } = await kindeLocal("explain", "bundle", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      name: "bundle",
      text: expect.stringMatching(/^\*\*Error/),
    });
  });
});
