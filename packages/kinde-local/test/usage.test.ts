import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { main } from "../src/cli/main.ts";
import { type Finished, kindeLocal } from "./support/command.ts";
import { projectWith } from "./support/project.ts";

describe("bad usage and bad input lead to one sentence and exit code 2", () => {
  const folder = () => projectWith("return 1");

  const expectOneSentence = ({ code, stdout, stderr }: Finished, sentence: string) => {
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  };

  test.for([
    [["nope"], "unknown command 'nope'"],
    [["run", "other"], 'The project has no workflow "other". The project has: test.'],
    [["run", "--event", "missing.json"], "Reading missing.json for --event failed"],
    [["run", "--override", "x"], '--override x has no "=".'],
    [["run", "--override", "__proto__.x=1"], "--override __proto__.x does not name a member"],
    [["run", "--override", "a..b=1"], "--override a..b does not name a member"],
    [["run", "--env", "missing.env"], "Reading missing.env for --env failed"],
  ] as const)("%s", async ([args, sentence]) => {
    const [command, ...rest] = args;
    const where = command === "nope" ? [] : ["--project", folder()];
    expectOneSentence(await kindeLocal(command, ...where, ...rest), sentence);
  });

  // These commands end before a workflow starts. In this process, they take a tenth of the time.
  test.for([
    [["run", "--nope"], "unknown option '--nope'"],
    [["run", "--limit", "soon"], "It has to be a whole number above 0."],
    [["run", "--origin", "x"], "Allowed choices are sign-in, refresh."],
    [["run", "--inspect", "99999999"], '"99999999" is not an address for a debugger.'],
    [["run", "--inspect", "test"], '"test" is not an address for a debugger.'],
    [["run", "--set", "color=red"], 'There is no setting "color". The settings are nonOkResponse,'],
    [["run", "--set", "invalidJson=red"], '"red" is not a value of the setting invalidJson.'],
    [["run", "--fault", "rain"], 'Unknown fault "rain", and no such file'],
    [["run", "--fault", "slow=x"], "needs a whole number"],
    [["check", "--format", "xml"], "Allowed choices are text, json, github."],
  ] as const)("%s", async ([[command, ...rest], sentence]) => {
    expectOneSentence(await runHere(command, "--project", folder(), ...rest), sentence);
  });

  test("a project without kinde.json", async () => {
    const { code, stderr } = await kindeLocal("check", "--project", "/");
    expect(stderr).toContain("kinde.json");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test("an event that is not JSON", async () => {
    const where = folder();
    writeFileSync(join(where, "bad.json"), "{ nope");
    const { code, stderr } = await kindeLocal(
      "run",
      "--project",
      where,
      "--event",
      join(where, "bad.json"),
    );
    expect(stderr).toContain("is not JSON");
    expect(code).toBe(2);
  });
});

/** Calls the command's function, and returns its exit code and what it printed. */
async function runHere(...args: string[]): Promise<Finished> {
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      printed[name] += text;
      return true;
    }),
  );
  try {
    return { code: await main(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
