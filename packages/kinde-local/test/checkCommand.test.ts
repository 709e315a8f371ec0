import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, projectWith, WORKFLOWS } from "./support/project.ts";

describe("kinde-local check", () => {
  const broken = () =>
    projectWith("return Buffer.from('x')", {
      "kindeSrc/environment/workflows/lost.ts": "export const workflowSettings = {}",
    });

  test("shows findings with location, rule, Kinde's behaviour and the fix", async () => {
    const { code, stdout } = await kindeLocal("check", "--project", broken());
    expect(code).toBe(1);
    expect(stdout).toMatch(/testWorkflow\.ts:6:8 error absent-global/);
    expect(stdout).toContain("At Kinde: The line throws a ReferenceError");
    expect(stdout).toContain("Fix: ");
    expect(stdout).toMatch(/\d errors, \d warnings?\n$/);
  });

  test("prints findings as JSON", async () => {
    const { code, stdout } = await kindeLocal("check", "--json", "--project", broken());
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: "workflow-name", severity: "error", line: 1, column: 1 }),
    );
    expect(code).toBe(1);
  });

  test("prints findings as GitHub's annotations", async () => {
    const { stdout } = await kindeLocal("check", "--format", "github", "--project", broken());
    expect(stdout).toMatch(
      /^::error file=.*testWorkflow\.ts,line=6,col=8,title=kinde-local absent-global::Buffer does not exist/m,
    );
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .every((line) => line.startsWith("::")),
    ).toBe(true);
  });

  test("compares the variables that the workflow reads with the env file", async () => {
    const folder = projectWith("return kinde.env.get('PRESENT').value + kinde.env.get('MISSING')", {
      ".env.test": `PRESENT=1\nLONG=${"x".repeat(2049)}\n`,
    });
    const { stdout } = await kindeLocal(
      "check",
      "--json",
      "--project",
      folder,
      "--env",
      join(folder, ".env.test"),
    );
    const found = JSON.parse(stdout)
      .findings.map(({ rule, message }: { rule: string; message: string }) => `${rule} ${message}`)
      .join("\n");
    expect(found).toMatch(/missing-variable The workflow reads the variable MISSING/);
    expect(found).toMatch(/variable-size The variable LONG: its value has 2049/);
    expect(found).not.toContain("PRESENT");
  });

  test("requires an exact version of Kinde's package if npm integration is on", async () => {
    const kindeJson = '{"version":"2024-12-09","integrations":{"npm":{"enabled":true}}}';
    const loose = projectWith("return 1", {
      "kinde.json": kindeJson,
      "package.json": '{\n"dependencies":{\n"@kinde/infrastructure":"^0.9.0"}}',
    });
    const exact = projectWith("return 1", {
      "kinde.json": kindeJson,
      "package.json": '{"dependencies":{"@kinde/infrastructure":"0.9.0"}}',
    });
    expect((await kindeLocal("check", "--project", loose)).stdout).toMatch(
      /package\.json:3:1 warning unpinned-package/,
    );
    expect((await kindeLocal("check", "--project", exact)).stdout).not.toContain(
      "unpinned-package",
    );
  });

  test("finds nothing in a correct project", async () => {
    const source = `export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
export default async function () { kinde.accessToken.setCustomClaim("a", 1); }`;
    const { code, stdout } = await kindeLocal(
      "check",
      "--project",
      makeProject({ [`${WORKFLOWS}/aWorkflow.ts`]: source }),
    );
    expect(stdout).toContain("No findings.");
    expect(code).toBe(0);
  });
});
