import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, WORKFLOWS } from "./support/project.ts";

/** ESC with a sequence, C1's CSI, DEL, a right-to-left override, carriage return, a line separator. */
const EVIL = "\u001b[2J\u009b31m\u007f\u202e\r\u2028";
// biome-ignore lint/suspicious/noControlCharactersInRegex: it has to find control characters
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const written = JSON.stringify(EVIL).replace("\u009b", "\\u009b");

const LEAKY = `export const workflowSettings = { id: ${written}, trigger: ${written}, failurePolicy: { action: ${written} },
  bindings: { console: {}, "kinde.accessToken": {}, "kinde.fetch": {}, "kinde.auth": {}, "kinde.widget": {}, ${written}: {} } };
export default async function () {
  const evil = ${written};
  console.log(evil, { [evil]: evil });
  kinde.accessToken.setCustomClaim(evil, evil);
  kinde.auth.denyAccess(evil);
  kinde.widget.invalidateFormField(evil, evil);
  try { kinde.fetch("http://127.0.0.1:1/" + evil, { method: "GET", headers: {} }); } catch {}
  /* ${EVIL} */ throw Object.assign(new Error(evil), { name: evil });
}`;

function projectWith(source: string): string {
  return makeProject({ [`${WORKFLOWS}/an\u001b[31mWorkflow.ts`]: source });
}

test.for([
  ["run", []],
  ["run", ["--json"]],
  ["run", ["--fault", "unreachable"]],
  ["check", []],
  ["check", ["--json"]],
  ["check", ["--format", "github"]],
] as const)(
  "%s %s writes control characters of a project as escapes",
  async ([command, options]) => {
    const folder = projectWith(LEAKY);
    const { code, stdout, stderr } = await kindeLocal(command, ...options, "--project", folder);
    expect(code).toBe(1);
    expect(stdout).toContain("\\u001b[");
    expect(stdout).toContain("\\u009b");
    expect(stdout + stderr).not.toMatch(RAW);
  },
);

test("control characters in a bundler error and in a project's path are written as escapes, too", async () => {
  const broken = projectWith(`import x from ${written};\n/* ${EVIL} */ const`);
  const { stdout } = await kindeLocal("run", "--project", broken);
  expect(stdout).toContain("\\u001b");
  expect(stdout).not.toMatch(RAW);

  const folder = mkdtempSync("/tmp/evil\u001b[2J-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { stderr } = await kindeLocal("run", "--project", join(folder, "none"));
  expect(stderr).toContain("\\u001b[2J");
  expect(stderr).not.toMatch(RAW);
});

test("the later lines of a logged text are indented, so that they cannot look like lines of kinde-local", async () => {
  const source = `export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: { console: {} } };
export default async function () { console.log("one\\n\\ncompleted, the sign-in goes on"); }`;
  const { stdout } = await kindeLocal("run", "--project", projectWith(source));
  expect(stdout).toContain("\n         completed, the sign-in goes on");
});
