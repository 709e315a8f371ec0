import { describe, expect, test } from "vitest";
import { useKinde } from "./support/project.ts";

const sharedKinde = useKinde();

const withBindings = (bindings: string) => `
export const workflowSettings = { id: "test", trigger: "user:tokens_generation", bindings: ${bindings} };
export default async function () {
  if (typeof kinde === "undefined") throw new Error("no kinde");
  kinde.accessToken.setCustomClaim("seen", kinde.accessToken.getCustomClaims());
}`;

describe("bindings are read as a whole or not at all", () => {
  test.for([
    '{ "kinde.accessToken": true }',
    '{ "kinde.accessToken": "yes" }',
    '{ "kinde.accessToken": 1 }',
    '{ "kinde.accessToken": [] }',
    '{ "kinde.accessToken": {}, console: () => {} }',
    '{ "kinde.accessToken": {}, console: { a: NaN } }',
    '{ "kinde.accessToken": { resetClaims: "yes" } }',
    '{ "kinde.accessToken": new Date(0) }',
    '["kinde.accessToken"]',
    '"kinde.accessToken"',
  ])("%s declares nothing, and check reports that once", async (bindings) => {
    const kinde = sharedKinde(withBindings(bindings));
    const run = await kinde.run();
    expect([run.stage, run.error?.message]).toEqual(["run", "no kinde"]);
    const found = (await kinde.check()).filter(({ severity }) => severity === "error");
    expect(found.map(({ rule, line }) => [rule, line])).toEqual([["binding-value", 2]]);
  });

  test.for([
    ['{ "kinde.accessToken": {} }', { old: 1 }],
    ['{ "kinde.accessToken": null }', { old: 1 }],
    ['{ "kinde.accessToken": { resetClaims: null, other: [1] } }', { old: 1 }],
    ['{ "kinde.accessToken": { resetclaims: true } }', {}],
  ] as const)("%s declares its binding", async ([bindings, seen]) => {
    const kinde = sharedKinde(withBindings(bindings));
    const run = await kinde.run({ claims: { accessToken: { old: 1 } } });
    expect(run.claims.accessToken).toEqual({ ...seen, seen });
    expect((await kinde.check()).filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("workflowSettings", () => {
  test.for([
    ['"text"', "string"],
    ["12", "int64"],
    ["1.5", "float64"],
    ["[]", "[]interface {}"],
    ["new Date(0)", "time.Time"],
    ["() => ({})", "func(goja.FunctionCall) goja.Value"],
    ["new Proxy({}, {})", "goja.Proxy"],
  ] as const)("that is %s cannot be read", async ([settings, type]) => {
    const kinde = sharedKinde(
      `export const workflowSettings: any = ${settings};\nexport default async function () {}`,
    );
    const { stage, error } = await kinde.run();
    expect(stage).toBe("introspect");
    expect(error?.message).toContain(
      `interface conversion: interface {} is ${type}, not map[string]interface {}`,
    );
    expect((await kinde.check()).map(({ rule }) => rule)).toEqual(["settings-shape"]);
  });

  test.for(["null", "undefined"])("that is %s counts as missing", async (settings) => {
    const run = await sharedKinde(
      `export const workflowSettings = ${settings};\nexport default async function () {}`,
    ).run();
    expect(run.completed).toBe(true);
  });
});
