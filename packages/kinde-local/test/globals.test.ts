import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";

interface Entry {
  binding?: string;
  statics?: string[];
  prototype?: string[];
}
const { globals } = JSON.parse(
  readFileSync(new URL("./fixtures/globals.json", import.meta.url), "utf8"),
) as { globals: Record<string, Entry> };

/** The workflow that lists the globals. Its bundle adds names, which HELPERS excludes. */
const SOURCE = `
export const workflowSettings = { id: "globals", trigger: "user:tokens_generation", bindings: BINDINGS };
const own = (value: object) => Object.getOwnPropertyNames(value).sort();
export default async function () {
  const seen: any = {};
  for (const name of own(globalThis)) {
    const value = (globalThis as any)[name];
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    seen[name] = { statics: isObject ? own(value).filter((key) => !["length", "name", "prototype"].includes(key)) : undefined,
      prototype: typeof value === "function" && value.prototype ? own(value.prototype) : undefined };
  }
  kinde.accessToken.setCustomClaim("seen", seen);
}`;

async function look(bindings: string[]): Promise<Record<string, Entry>> {
  const declared = JSON.stringify(Object.fromEntries(bindings.map((name) => [name, {}])));
  const source = SOURCE.replace("BINDINGS", declared);
  const folder = makeProject({ [`${WORKFLOWS}/globalsWorkflow.ts`]: source });
  const { claims, error } = await openKinde(folder, {
    unknowns: { undeclaredConsole: "absent" },
  }).run();
  expect(error).toBeNull();
  return claims.accessToken.seen as Record<string, Entry>;
}

const HELPERS = /^(__|globalsWorkflow_|workflowSettings$|own$|kinde$)/;

describe("the globals of a realm", () => {
  test("are those of Kinde's engine, no more and no fewer", async () => {
    const seen = await look(["console", "url", "util", "kinde.accessToken"]);
    const names = Object.keys(seen).filter((name) => !HELPERS.test(name));
    expect(names.sort()).toEqual(Object.keys(globals).sort());
  });

  test("have the static members and prototype members of Kinde's, and no others", async () => {
    const seen = await look(["console", "url", "util", "kinde.accessToken"]);
    for (const [name, entry] of Object.entries(globals)) {
      if (name === "globalThis" || name === "module") continue;
      if (entry.statics && seen[name]?.statics)
        expect([name, seen[name].statics]).toEqual([name, entry.statics]);
      if (entry.prototype) expect([name, seen[name]?.prototype]).toEqual([name, entry.prototype]);
    }
  });

  test.for(["console", "url", "util"])(
    "of the binding %s are absent if the binding is not declared",
    async (binding) => {
      const seen = await look(["kinde.accessToken"]);
      const brought = Object.keys(globals).filter((name) => globals[name]?.binding === binding);
      expect(brought).not.toEqual([]);
      for (const name of brought) expect(seen).not.toHaveProperty(name);
    },
  );

  test("kinde itself is absent when no kinde.* binding is declared", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/bareWorkflow.ts`]: `export const workflowSettings = { id: "bare", trigger: "user:tokens_generation", bindings: { console: {} } };
        export default async function () { console.log(typeof kinde); }`,
    });
    const { logs } = await openKinde(folder, { unknowns: { undeclaredConsole: "absent" } }).run();
    expect(logs).toEqual([{ level: "info", arguments: ["undefined"] }]);
  });
});
