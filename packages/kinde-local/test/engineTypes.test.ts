import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import globals from "../src/realm/globals.json" with { type: "json" };
import { compile, emptyFolder } from "./support/installed.ts";

/** Type-checks sources in one project that extends kinde-local/tsconfig.json. */
function diagnose(sources: Record<string, string>): string[] {
  const folder = emptyFolder();
  const config = { extends: "kinde-local/tsconfig.json", files: Object.keys(sources) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  const [program, args] = compile(folder);
  const { stdout } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

const GOOD = `import { accessTokenCustomClaims, type onUserTokenGeneratedEvent } from "@kinde/infrastructure";
console.log(util.format("%s", 1), [1].toSorted().at(-1), Object.hasOwn({}, "a"), "a".replaceAll("a", "b"));
const url = new URL("https://example.com/?a=1");
for (const [name, value] of url.searchParams) console.info(name, value);
const text: string = kinde.fetch(url.href, { responseFormat: "text" }).text;
try {
  kinde.accessToken.setCustomClaim("a", text);
} catch (error) {
  if (error instanceof GoError) console.error(error.message);
}
export default async function (event: onUserTokenGeneratedEvent) {
  accessTokenCustomClaims<{ user: string }>().user = event.context.user.id;
}`;

test("a workflow compiles if it uses only members that the engine has", () => {
  expect(diagnose({ "good.ts": GOOD })).toEqual([]);
});

const BAD: Record<string, string> = {
  timers: "setTimeout(() => {}, 1);",
  process: "process.env.A;",
  buffer: 'Buffer.from("a");',
  encoder: "new TextEncoder();",
  browserFetch: 'fetch("https://example.com");',
  crypto: "crypto.randomUUID();",
  clone: "structuredClone({});",
  base64: 'atob("a");',
  request: 'new Request("https://example.com");',
  weak: "new WeakRef({});",
  grouping: "Object.groupBy([1], () => 1);",
  resolvers: "Promise.withResolvers();",
  sets: "new Set([1]).union(new Set([2]));",
  namedGroups:
    'const year: string | undefined = /(?<y>1)/.exec("1")?.groups?.y; console.log(year);',
  canParse: 'URL.canParse("a");',
  params: 'for (const name of new URLSearchParams("a=1").keys()) console.log(name);',
  table: "console.table([]);",
  response: 'kinde.fetch("https://example.com").ok;',
};

test("each member that the engine does not have causes a compiler error", () => {
  const sources = Object.entries(BAD).map(([name, text]) => [`${name}.ts`, `${text}\nexport {};`]);
  const found = diagnose(Object.fromEntries(sources));
  const named = new Set(found.map((line) => /^(\w+)\.ts\(/.exec(line)?.[1]));
  expect([...named].filter((name) => name !== undefined).sort()).toEqual(Object.keys(BAD).sort());
});

test("the types declare the engine's globals and their static members", () => {
  const skipped = ["module", "require", "undefined", "globalThis"];
  const lines = Object.entries(globals.globals as Record<string, Global>).flatMap(([name, own]) => {
    if (skipped.includes(name)) return [];
    const statics = (own.statics ?? []).map((member) => `${name}[${JSON.stringify(member)}];`);
    return [`${name};`, ...statics];
  });
  expect(lines.length).toBeGreaterThan(150);
  expect(diagnose({ "all.ts": `${lines.join("\n")}\nexport {};` })).toEqual([]);
});

interface Global {
  statics?: string[];
}
