import { describe, expect, test } from "vitest";
import { useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();

describe("an error has the engine's message", () => {
  test.for([
    ["return event.no.way", "Cannot read property 'way' of undefined"],
    ["event.no = null; return event.no.way", "Cannot read property 'way' of undefined"],
    ["return event.no.way(1)", "Cannot read property 'way' of undefined or null"],
  ] as const)("%s", async ([body, message]) => {
    const { error } = await sharedKinde(workflow(body)).run();
    expect(error).toMatchObject({ name: "TypeError", message, line: 6 });
  });
});

describe("a realm", () => {
  test("is fresh for every run", async () => {
    const kinde = sharedKinde(
      workflow(
        "globalThis.count = (globalThis.count ?? 0) + 1; Array.prototype.mark = 1; return globalThis.count",
      ),
    );
    await kinde.run();
    const second = await kinde.run();
    expect(second.claims.accessToken.result).toBe(1);
  });

  test("uses the options of its own run, although the next realm is created in advance", async () => {
    const kinde = sharedKinde(workflow("return kinde.accessToken.getCustomClaims().plan"));
    for (const plan of ["free", "pro", "pro", "free"]) {
      const run = await kinde.run({ claims: { accessToken: { plan } } });
      expect(run.claims.accessToken.result).toBe(plan);
    }
  });

  test("shows the workflow nothing of the process around it", async () => {
    const source =
      workflow(`const probe = (f) => { try { return f() } catch (e) { return "threw" } };
      return [
        probe(() => console.log.constructor("return typeof process")()),
        probe(() => kinde.fetch.constructor("return typeof process")()),
        probe(() => event.constructor.constructor("return typeof process")()),
        probe(() => { try { null.x } catch (e) { return e.constructor.constructor("return typeof process")() } }),
        typeof __kindeLocal, typeof __start,
      ]`);
    const run = await sharedKinde(source).run();
    expect(new Set(run.claims.accessToken.result as string[])).toEqual(new Set(["undefined"]));
  });

  test.for([
    ["undefined inside an object", "({ a: undefined })", { a: null }],
    ["a Date", "new Date(500)", "1970-01-01T00:00:00.5Z"],
    ["an invalid Date", "new Date(NaN)", null],
    ["a bigint", "10n", 10],
    ["minus zero", "-0", -0],
    ["half a surrogate pair", '"a\\ud800b"', "a\ufffdb"],
    ["a Map", "new Map([[1, 2]])", [[1, 2]]],
    ["a Set", "new Set([1])", [1]],
    ["bytes", "new Uint8Array([1, 2, 255])", "AQL/"],
    ["an Error", 'Object.assign(new Error("x"), { code: 7 })', { code: 7 }],
    ["a boxed string", 'new String("x")', "x"],
    ["a symbol key", '({ [Symbol("x")]: 1, b: 2 })', { b: 2 }],
    [
      "an object with toJSON, which Go ignores,",
      "({ a: 1, toJSON: undefined })",
      { a: 1, toJSON: null },
    ],
  ] as const)("turns %s into JSON as Go does", async ([, value, json]) => {
    const run = await sharedKinde(workflow(`return ${value}`)).run();
    expect(run.claims.accessToken.result).toEqual(json);
  });

  test.for([
    ["a function", "() => 1"],
    ["NaN", "NaN"],
    ["a cycle", "(() => { const a = {}; a.a = a; return a })()"],
  ] as const)("refuses %s as a claim with Go's words", async ([, value]) => {
    const run = await sharedKinde(workflow(`return ${value}`)).run();
    expect(run.error).toMatchObject({
      name: "GoError",
      message: expect.stringMatching(/^json: unsupported/),
    });
    expect(run.claims.accessToken).toEqual({});
  });

  test("logs a cyclic value and a function without failing", async () => {
    const source = workflow("const a = { f() {} }; a.a = a; console.log(a, NaN); return 1");
    const run = await sharedKinde(source).run();
    expect(run.error).toBeNull();
    expect(run.logs[0]?.arguments).toEqual([{ f: "[function]", a: "[cyclic]" }, "NaN"]);
  });

  test("copies a claim when it is set", async () => {
    const source = workflow(`const a = { n: 1 }; kinde.accessToken.setCustomClaim("a", a); a.n = 2;
      return kinde.accessToken.getCustomClaims().a.n`);
    const run = await sharedKinde(source).run();
    expect(run.claims.accessToken).toEqual({ a: { n: 1 }, result: 1 });
  });

  test("treats a claim named __proto__ like any other claim", async () => {
    const run = await sharedKinde(
      workflow('kinde.accessToken.setCustomClaim("__proto__", 1); return 1'),
    ).run();
    expect(Object.keys(run.claims.accessToken)).toEqual(["__proto__", "result"]);
  });

  test("reports the line of an error in the author's TypeScript", async () => {
    const run = await sharedKinde(
      workflow('interface Gone { a: 1 }\n\n  throw new TypeError("here");'),
    ).run();
    expect(run.error).toMatchObject({ name: "TypeError", message: "here", line: 8, column: 9 });
    expect(run.error?.file).toMatch(/testWorkflow\.ts$/);
  });

  test("ignores an unhandled rejection", async () => {
    const kinde = sharedKinde(workflow('Promise.reject(new Error("x")); return 1'));
    expect((await kinde.run()).error).toBeNull();
    expect((await kinde.run()).error).toBeNull();
  });
});
