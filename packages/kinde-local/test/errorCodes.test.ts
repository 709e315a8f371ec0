import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { kindeWith, makeProject, projectWith, WORKFLOWS, workflow } from "./support/project.ts";

const NO_DEFAULT = "export const workflowSettings = {};";

describe("an error of a run has a code and a fix", () => {
  test.for([
    ["BUNDLE_FAILED", 'import "./gone.ts";', null, null],
    ["PACKAGE_NOT_FOUND", `import x from "left-pad";\n${workflow("return x")}`, null, "left-pad"],
    ["SYNTAX_REFUSED", workflow("let a; a ??= 1"), "Use `a = a ?? b`.", null],
    [
      "NO_DEFAULT_EXPORT",
      NO_DEFAULT,
      "Write `export default async function workflow(event) { … }`.",
      null,
    ],
    [
      "SETTINGS_SHAPE",
      "export const workflowSettings: any = []; export default async function () {}",
      expect.stringContaining("has to be a plain object"),
      null,
    ],
    ["NOT_DEFINED", workflow("return fetch('x')"), null, "fetch"],
    ["NOT_DEFINED", `kinde.env;\n${workflow("return 1")}`, null, "kinde"],
    ["NOT_A_FUNCTION", workflow("return kinde.auth()"), null, "kinde.auth"],
    ["THROWN", workflow("throw new Error('fetch is not defined')"), null, null],
    ["NEVER_SETTLED", workflow("await new Promise(() => {})"), null, null],
    ["TIME_LIMIT", workflow("for (;;);"), null, null],
  ] as const)("%s", async ([code, source, instead, subject]) => {
    const run = await kindeWith(source, { limits: { timeMs: 2_000 } }).run();
    expect(run.error).toMatchObject({ code, instead, subject });
    expect(run.error?.message).not.toContain(" Write ");
  });

  test("TOP_LEVEL_INTERRUPTED", async () => {
    const run = await kindeWith(`for (;;);\n${workflow("return 1")}`).run();
    expect(run.error).toMatchObject({ code: "TOP_LEVEL_INTERRUPTED" });
  });

  test("and the command shows the message and the fix in one line", async () => {
    const folder = makeProject({ [`${WORKFLOWS}/aWorkflow.ts`]: NO_DEFAULT });
    const { stdout } = await kindeLocal("run", "--project", folder);
    expect(stdout).toContain(
      "Error: no default export. Write `export default async function workflow(event) { … }`.",
    );
  });

  test("a workflow's own error that is worded like the engine's is not explained", {
    timeout: 90_000,
  }, async () => {
    const own = projectWith(
      "try { fetch('x') } catch {}\n\n  throw new Error('fetch is not defined')",
    );
    const engines = projectWith("return fetch('x')");
    expect((await kindeLocal("run", "--project", own)).stdout).not.toContain("why absent-global");
    expect((await kindeLocal("run", "--project", engines)).stdout).toContain("why absent-global");
  });
});

test("the source of check and run compares codes, and never matches the text of an error", () => {
  for (const folder of ["check", "cli", "project", "run"]) {
    const path = join(import.meta.dirname, "../src", folder);
    for (const file of readdirSync(path, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const text = readFileSync(join(path, file), "utf8");
      expect(text, file).not.toMatch(
        /\.exec\(\w*error\.message|error\.message\.(?:split|match|incl)/,
      );
      expect(text, file).not.toMatch(/message\.(?:includes|startsWith|split|match)\(/);
    }
  }
});
