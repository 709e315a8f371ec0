import { describe, expect, test } from "vitest";
import { useKinde } from "./support/project.ts";

const sharedKinde = useKinde();

const SETTINGS = `export const workflowSettings = { id: "test", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
const set = (value) => kinde.accessToken.setCustomClaim("result", value);
`;
const run = (source: string) => sharedKinde(SETTINGS + source).run();

describe("a run ends where the engine would crash", () => {
  test.for([
    ["this", "export default async function () {\n  set(typeof this) }"],
    ["this", "export default async function () {\n  set([1].map(() => this)) }"],
    ["this", "const named = async function () {\n  return this };\nexport default named;"],
    ["this", "export default async function () {\n  class A { [this] = 1 } }"],
    ["eval", 'export default async function () {\n  set(eval("1")) }'],
    ["eval", 'export default async function () {\n  set([1].map(() => eval("1"))) }'],
    ["Object.fromEntries", "export default async () => {\n  Object.fromEntries([{ a: 1 }]) }"],
    ["Object.fromEntries", "export default async () => {\n  Object.fromEntries([[]]) }"],
    ["Object.fromEntries", "export default async () => {\n  Object.fromEntries(new Set([1])) }"],
  ] as const)("because of %s: %s", async ([subject, source]) => {
    const { error, completed, workflow } = await run(source);
    expect(completed).toBe(false);
    expect(error).toMatchObject({ code: "ENGINE_CRASH", subject, file: workflow.file, line: 4 });
  });

  test("without running catch or finally, and with the claims that were set before", async () => {
    const result = await run(`export default async function () {
      set("before");
      try { await this.nothing } catch { set("caught") } finally { set("finally") }
    }`);
    expect(result.error?.code).toBe("ENGINE_CRASH");
    expect(result.claims.accessToken).toEqual({ result: "before" });
  });

  test("and the next run works normally", async () => {
    await run("export default async function () { return this }");
    expect((await run("export default async () => set(1)")).error).toBeNull();
  });
});

describe("a run goes on where the engine would not crash", () => {
  test.for([
    ["this of a helper", "function helper() { return typeof this } const value = () => helper();"],
    ["this of a method", "const value = () => ({ a: 1, b() { return this.a } }).b();"],
    ["this of a class", "class A { a = 1; b = this.a } const value = () => new A().b;"],
    ["eval in a helper", 'async function helper() { return eval("1+1") } const value = helper;'],
    ["eval at the top level", 'const two = eval("1+1"); const value = () => two;'],
    ["eval by another name", 'const value = () => (0, eval)("1");'],
    ["pairs", "const value = () => Object.fromEntries([['a', 1], { 0: 'd', 1: 2 }]);"],
  ] as const)("%s", async ([, source]) => {
    const result = await run(`${source} export default async function () { set(await value()) }`);
    expect(result.error).toBeNull();
    expect(result.claims.accessToken.result).toBeDefined();
  });

  test("this of a function inside the default function", async () => {
    const result = await run(`export default async function () {
      set([function () { return this.a }.call({ a: 1 }), { b: 2, get c() { return this.b } }.c]);
    }`);
    expect(result.claims.accessToken.result).toEqual([1, 2]);
  });

  test("Object.fromEntries(undefined), which only throws an error", async () => {
    const result = await run("export default async () => { Object.fromEntries(undefined) }");
    expect(result.error).toMatchObject({ code: "THROWN", name: "TypeError" });
  });
});
