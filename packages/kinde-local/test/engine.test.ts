import { afterAll, describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

/** Evaluates an expression from the event, so that all expressions can share one project. */
const source = workflow('return new RegExp("") && (0, eval)(event.expression)');
const project = makeProject({ [`${WORKFLOWS}/evalWorkflow.ts`]: source }, afterAll);
const kinde = openKinde(project, {}, afterAll);

async function result(expression: string): Promise<unknown> {
  const run = await kinde.run({ event: { expression } });
  expect(run.error).toBeNull();
  return run.claims.accessToken.result;
}

describe("a realm imitates the peculiarities of Kinde's engine", () => {
  test.for([
    ["(1234.5).toLocaleString()", "1234.5"],
    ["new Date(0).toLocaleString()", "01/01/1970, 00:00:00"],
    ["new Date(0).toLocaleDateString()", "01/01/1970"],
    ["new Date(2024, 0, 2, 3).toISOString()", "2024-01-02T03:00:00.000Z"],
    ["new Date(0).getTimezoneOffset()", 0],
    ["String(new Date(0))", "Thu Jan 01 1970 00:00:00 GMT+0000 (UTC)"],
    ['String(Date.parse("2024-01-02 03:04"))', "NaN"],
    ['String(Date.parse("2024-02-31"))', "NaN"],
    ['Date.parse("2024-01-02 03:04:05.5")', 1704164645500],
    ['String(Date.parse("2024-01-02 03:04:05+00"))', "NaN"],
    ['Date.parse("2024-02-29")', 1709164800000],
    ['Date.parse("2024-01-02T03:04:05")', 1704164645000],
    ['Date.parse("2024-01-02T03:04:05.5+0100")', 1704161045500],
    ['Date.parse("Tue, 02 Jan 2024 03:04:05 GMT")', 1704164645000],
    ['Date.parse("Jan 2, 2024")', 1704153600000],
    ['Date.parse("feb 29, 2024")', 1709164800000],
    ['Date.parse("TUE, 02 jan 2024 03:04:05 GMT")', 1704164645000],
    ['Date.parse("Tue Jan  2 03:04:05 -0100 2024")', 1704168245000],
    ['String(Date.parse("Feb 31, 2024"))', "NaN"],
    ['String(Date.parse("February 3, 2024"))', "NaN"],
    ['String(Date.parse("Saturday, 03 Feb 2024 03:04:05 GMT"))', "NaN"],
    ['String(Date.parse("2024-02-03Z"))', "NaN"],
    ['String(Date.parse("2024Z"))', "NaN"],
    ['Date.parse("2024-02")', 1706745600000],
    ["Date.parse(String(new Date(1704164645000)))", 1704164645000],
    ['"2020-01".replace(/(?<y>\\d+)-/, "$<y>/")', "$<y>/01"],
    ['/\\p{L}/u.test("é")', false],
    ['new RegExp("\\\\p{L}", "u").test("é")', false],
    ['/\\p{L}/u.test("p{L}")', true],
    ['"José 1".replace(/[^\\p{L}\\s]/gu, "")', " "],
    ['/\\p{Lu}|\\d/u.test("5")', true],
    ['/^[\\w\\p{L}]+$/u.test("abc")', true],
    ['/^\\P{Script=Greek}$/u.test("P{Script=Greek}")', true],
    // After the first match, the engine uses the library regexp2, which supports properties.
    ['[..."p{L}p{L}".matchAll(/\\p{L}/gu)].length', 3],
    ['"a1b2".split(/[\\p{N}\\d]/u).join()', "a,b,"],
    [
      '(() => { const r = /\\p{L}/gu; r.lastIndex = 2; return [r.test("p{L}p{L}"), r.lastIndex, r.test("x"), r.lastIndex] })()',
      [true, 3, false, 0],
    ],
    ['typeof /(a)/.exec("a").groups', "undefined"],
    ['"a10".localeCompare("a9", "en", { numeric: true })', -1],
    [
      "Promise.any([Promise.reject(1), Promise.reject(2)]).catch((e) => [e.name, e.message, e.errors])",
      ["AggregateError", "", [1, 2]],
    ],
    ["Promise.any([Promise.reject(1), 2])", 2],
    ["Promise.any([]).catch((e) => e instanceof AggregateError)", true],
    ["Promise.any(1).catch((e) => e.name)", "TypeError"],
    ['(function () { return arguments })(1, "a")', [1, "a"]],
    ["Object(1n)", 1],
    ["new Proxy({ a: 1 }, {})", {}],
    ["[new Proxy(() => 1, {})]", [{}]],
    [
      '["require", "URL", "URLSearchParams"].filter((name) => !Object.keys(globalThis).includes(name))',
      [],
    ],
    ['"Zoë".repeat(2)', "oëZoë"],
    ['"😀a".split("")', ["😀", "a"]],
    ['"\\ud800x".trim()', "\ufffdx"],
    ["JSON.parse('\"\\\\ud800\"')", "\ufffd"],
    ["JSON.parse('\"\\\\ud83d\\\\ude00\"')", "😀"],
    ["JSON.stringify({ a: {}, b: [1] }, null, 1)", '{\n "a": {},\n "b": [\n   1\n  ]\n}'],
    ['JSON.stringify({ a: "{}", b: [1] }, null, 1)', '{\n "a": "{}",\n "b": [\n  1\n ]\n}'],
    ["(-0.5).toString(2)", "0.1"],
    ["(-2.5).toString(2)", "-10.1"],
    ["(2 ** 60).toString(36)", "8rc4kbdvss1s"],
    ["new Date(253402300800000).toISOString()", "+10000-01-01T00:00:00.000Z"],
    ["new Date(-1e14).toISOString()", "-1199-02-15T14:13:20.000Z"],
    ['String(Date.parse("2024-01-15T24:00"))', "NaN"],
    ['"Zoë Zoe".replace(/o\\b/g, "0")', "Zoë Zoe"],
    ['"Wörld".split(/\\b/)', ["Wörld"]],
    ['"Wörld".match(/[a-z]+\\B/gi)', ["W", "rl"]],
    ['/\\bö/.test("ö")', false],
    ['"\\u212ax".match(/k/gi)', ["\u212a"]],
    ['"José".match(/\\p{L}/g)', ["J", "o", "s", "é"]],
    ['"Jose".match(/\\p{L}/g)', null],
    ['"a\\r\\nb".match(/^.$/gm)', ["b"]],
    ["Object.getOwnPropertyNames(function () {})", ["prototype", "length", "name"]],
    ["Reflect.ownKeys(function () {}).length", 3],
    ['String("".split)', "function split() { [native code] }"],
    ["[String(Math.sin), Math.sin.length]", ["function sin() { [native code] }", 1]],
    [
      "[String(URL), URLSearchParams.name]",
      ["function URL() { [native code] }", "URLSearchParams"],
    ],
    ["Math.log10(1e-7) === -7 && Math.log2(8) === 3 && Math.pow(2, 10) === 1024", true],
    ["Math.imul(1e21, 5)", 0],
    ["Math.abs(Math.sin(2 ** 53) + 0.848925964814655) < 1e-14", true],
    ["(0.1).toString(36)", "0.3lllllllllm"],
    ["typeof Symbol.asyncIterator", "undefined"],
    ["Symbol.iterator in [] && typeof Symbol('x')", "symbol"],
    ["typeof [].values().map", "undefined"],
    ["Array.isArray(console.info(1, 2))", true],
    ['util.format("%s is %d, %j %%", "a", "2", [1], "rest")', "a is 2, [1] % rest"],
  ] as const)("%s is %o", async ([expression, expected]) => {
    expect(await result(expression)).toEqual(expected);
  });

  test('(1.5).toLocaleString("en") throws a RangeError', async () => {
    const run = await kinde.run({ event: { expression: '(1.5).toLocaleString("en")' } });
    expect(run.error?.name).toBe("RangeError");
  });
});

describe("URL and URLSearchParams behave like those of Kinde's binding url", () => {
  test.for([
    ['new URL("https://a.example:8443/x").origin', "https://a.example"],
    ['new URL("https://a.example/b/../c?d#e").href', "https://a.example/b/../c?d#e"],
    ['new URL("../c?x=1", "https://a.example/b/d").href', "https://a.example/c?x=1"],
    ['new URL("HTTPS://A.Example:443").href', "https://a.example/"],
    ['new URL("https://a.example/ö b").pathname', "/%C3%B6%20b"],
    [
      '(() => { try { return new URL("/x").href } catch (e) { return e.name + ": " + e.message } })()',
      "TypeError: URL is not absolute",
    ],
    [
      '(() => { const u = new URL("https://a.example/?x=1"); u.searchParams.append("y", "ä b"); return u.toString() })()',
      "https://a.example/?x=1&y=%C3%A4+b",
    ],
    [
      '(() => { const u = new URL("https://a.example/"); u.pathname = "b"; u.hash = "c"; u.port = "99"; return String(u) })()',
      "https://a.example:99/b#c",
    ],
    [
      '(() => { const u = new URL("https://a.example/"); u.searchParams.append("y", "1"); const { href } = u; return [href, u.search, u.href].join(" ") })()',
      "https://a.example/ ?y=1 https://a.example/?y=1",
    ],
    [
      '(() => { const u = new URL("https://a.example/?a=1"); u.search = "?b"; return u.href })()',
      "https://a.example/??b",
    ],
    [
      '(() => { const u = new URL("https://a.example/"); return u.searchParams === u.searchParams })()',
      true,
    ],
    ['new URL("fish://á.com").href', "fish://%C3%A1.com"],
    ['new URL("foo:Example.com/", "https://a.example").href', "foo:Example.com/"],
    ['new URLSearchParams("?a=1&a=2&b=%C3%A9+x").getAll("a").join()', "1,2"],
    ['new URLSearchParams("?b=%C3%A9+x").get("b")', "é x"],
    ['new URLSearchParams({ a: "~!*()\'" }).toString()', "a=%7E%21*%28%29%27"],
    ['[...new URLSearchParams([["a", "1"]])].join()', "a,1"],
    [
      '(() => { const p = new URLSearchParams("a=1"); let s = ""; p.forEach((name, value) => { s = name + value }); return s })()',
      "a1",
    ],
    ["new URLSearchParams().size", 0],
  ] as const)("%s is %o", async ([expression, expected]) => {
    expect(await result(expression)).toBe(expected);
  });
});
