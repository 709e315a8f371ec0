import { describe, expect, test } from "vitest";
import { useKinde } from "./support/project.ts";

const sharedKinde = useKinde();

/** Rule and line of check's findings about a workflow's code. */
async function judge(code: string): Promise<string[]> {
  const settings = `export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: { console: {} } };`;
  const findings = await sharedKinde(`${settings}\n${code}`).check();
  return findings
    .filter(({ rule }) => /^(?:engine-crash|logged-error)$/.test(rule))
    .map(({ rule, line }) => `${rule} ${line}`);
}

const inDefault = (line: string): string => `export default async function (event) {\n${line}\n}`;

describe("check finds code that crashes the engine", () => {
  test.for([
    "console.log(this);",
    "console.log([1].map(() => this));",
    'console.log(eval("1"));',
    "console.log((eval)(event.code));",
  ])("%s", async (line) => {
    expect(await judge(inDefault(line))).toEqual(["engine-crash 3"]);
  });

  test("in a function that is stored in a variable before it is exported", async () => {
    const code = "const run = async function () {\nreturn this };\nexport default run;";
    expect(await judge(code)).toEqual(["engine-crash 3"]);
  });

  test.for([
    "console.log({ a: 1, b() { return this.a } }.b());",
    "console.log(function () { return this }.call(1));",
    "class A { a = 1; b = this.a } console.log(new A());",
    'console.log((0, eval)("1"), eval?.("1"));',
    "console.log(({ eval: (a) => a }).eval(1));",
  ])("but no such code in %s", async (line) => {
    expect(await judge(inDefault(line))).toEqual([]);
  });

  test("but no such code in another function or at the top level", async () => {
    const code =
      "function other() { return [eval('1'), this] }\nconst up = () => this;\nexport default async () => [this, up, other()];";
    expect(await judge(code)).toEqual([]);
  });
});

describe("check finds errors that are logged whole, because they contain the URL of a failed request", () => {
  test.for(["console.log(e)", "console.log(JSON.stringify(e))"])("%s", async (call) => {
    const line = `try { event.a.b } catch (e) { ${call} }`;
    expect(await judge(inDefault(line))).toEqual(["logged-error 3"]);
  });

  test("but no finding if the workflow logs its own message", async () => {
    const line = 'try { event.a.b } catch (e) { console.log("failed") }';
    expect(await judge(inDefault(line))).toEqual([]);
  });
});
