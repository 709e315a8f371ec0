import { describe, expect, test } from "vitest";
import { useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();

/** Severity, rule and line of check's findings about a line of code. */
async function judge(line: string): Promise<string[]> {
  const findings = await sharedKinde(workflow(`${line}\nreturn event.a;`)).check();
  return findings
    .filter(({ rule }) => rule !== "unused-binding")
    .map(({ rule, severity, line: at }) => `${severity} ${rule} ${at}`);
}

describe("check finds members that the engine does not have", () => {
  test.for([
    "console.log(Object.groupBy([1], String))",
    "console.log(Promise.withResolvers())",
    "console.log(Array.fromAsync([]))",
    'console.log("a".isWellFormed())',
    "const s = new Set([1]); console.log(s.union(s))",
    "console.log(String(event.a).toWellFormed())",
    "console.log(new Date().getYear())",
  ])("%s", async (line) => {
    expect(await judge(line)).toEqual(["error absent-member 6"]);
  });

  test("as a warning if the value may have another type", async () => {
    expect(await judge("console.log(event.a.union(event.b))")).toEqual(["warning absent-member 6"]);
  });

  test.for([
    "console.log(Object.groupBy ? Object.groupBy([1], String) : 0)",
    "console.log(Object.groupBy?.([1], String))",
    "console.log(Math.max.apply(null, [1]), Object.toString(), JSON.hasOwnProperty('a'))",
    "const Object = { groupBy: (a) => a }; console.log(Object.groupBy(1))",
    "const o = { union: (a) => a }; console.log(o.union(1))",
    "class E extends Error { full() { return this.message } } console.log(new E('a').full())",
    "let s: any = 'a'; s = event.a; console.log(s.isSet())",
    "console.log(new Uint8Array(2).fill(1).length, new TypeError('a').toString())",
    "console.log([..'a'].map(String))".replace("..", "..."),
  ])("and not %s", async (line) => {
    expect(await judge(line)).toEqual([]);
  });
});

describe("check finds toLocaleString with a locale", () => {
  test.for([
    ["console.log((event.a * 2).toLocaleString('en'))", ["error locale-argument 6"]],
    ["const n = Number(event.a); console.log(n.toLocaleString('en'))", ["error locale-argument 6"]],
    ["console.log(event.a.toLocaleString('en'))", ["warning locale-argument 6"]],
    ["console.log(new Date().toLocaleString('en'))", []],
    ["const at = new Date(event.a); console.log(at.toLocaleString('en'))", []],
    ["console.log(String(event.a).toLocaleString('en'), 'a'.toLocaleString('en'))", []],
  ] as const)("%s", async ([line, expected]) => {
    expect(await judge(line)).toEqual(expected);
  });
});

describe("check finds iterators of URLSearchParams, which the engine cannot iterate", () => {
  test.for([
    ["const p = new URLSearchParams('a=1'); for (const k of p.keys()) console.log(k)", 1],
    ["console.log([...new URL(event.a).searchParams.entries()])", 1],
    ["const p = new URLSearchParams('a=1'); for (const [k] of p) console.log(k, p.keys())", 0],
    ["for (const k of new Map([[1, 2]]).keys()) console.log(k)", 0],
  ] as const)("%s", async ([line, count]) => {
    const expected = Array(count).fill("error url-iterator 6");
    expect(await judge(line)).toEqual(expected);
  });
});
