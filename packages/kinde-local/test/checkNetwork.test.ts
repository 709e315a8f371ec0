// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code of workflows
import { describe, expect, test } from "vitest";
import { useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();
const IMPORT =
  'import { createKindeAPI, fetch, fetch as request, secureFetch } from "@kinde/infrastructure"; import * as infrastructure from "@kinde/infrastructure";';
const BINDINGS = ["console", "url", "kinde.accessToken", "kinde.env", "kinde.fetch"];

/** Severity, line and first word of check's findings about a line of code, for one rule only. */
async function judge(line: string, rule: string): Promise<string[]> {
  const source = workflow(`${line}\nreturn event.a;`, [...BINDINGS, "kinde.secureFetch"]);
  const findings = await sharedKinde(`${IMPORT}\n${source}`).check();
  return findings
    .filter((found) => found.rule === rule)
    .map(({ severity, line: at, message }) => `${severity} ${at}: ${message.split(" ")[0]}`);
}

const GET = '{ method: "GET", headers: {} }';

describe("check finds a fetch result that is used as a browser's Response", () => {
  test.for([
    [`const r = await fetch(event.u, ${GET}); if (!r.ok) return`, [".ok"]],
    [
      `const r = await fetch(event.u, ${GET}); return [r.status, r.headers]`,
      [".status", ".headers"],
    ],
    [`const r = await fetch(event.u, ${GET}); return await r.json()`, [".json()"]],
    [`const r = await fetch(event.u, ${GET}); return r.status + r.status`, [".status"]],
    [`return (await fetch(event.u, ${GET})).json()`, [".json()"]],
    [`const { status, data } = await fetch(event.u, ${GET}); return [status, data]`, [".status"]],
    [`return fetch(event.u, ${GET}).then((r) => r.json())`, [".json()"]],
    [`const r = await request(event.u, ${GET}); return r.text()`, [".text()"]],
    [`const r = await infrastructure.fetch(event.u, ${GET}); return r?.ok`, [".ok"]],
    [`const r = await secureFetch(event.u, ${GET}); return r.ok`, [".ok"]],
    [`const r = kinde.fetch(event.u, ${GET}); return [r.status, r.json()]`, [".status", ".json()"]],
    [
      `const api = await createKindeAPI(event); const r = await api.get({ endpoint: "users" }); return r.ok`,
      [".ok"],
    ],
    [
      `const call = async (u) => await fetch(u, ${GET}); const r = await call(event.u); return r.ok`,
      [".ok"],
    ],
    [
      `const a = await fetch(event.u, ${GET}); { const a = event.b; if (a.ok) return } return a.data`,
      [],
    ],
    [`const { data } = await fetch(event.u, ${GET}); return [data.ok, data.status, data.json]`, []],
    [`const r = await kinde.fetch(event.u, ${GET}); return r.json.ok`, []],
    [
      `const r = await kinde.fetch(event.u, { ...${GET}, responseFormat: "text" }); return r.text.trim()`,
      [],
    ],
    ["const r = event.response; return [r.ok, r.json()]", []],
  ] as const)("%s", async ([line, members]) => {
    const expected = members.map((member) => `error 7: ${member}`);
    expect((await judge(line, "browser-response")).sort()).toEqual([...expected].sort());
  });
});

test("check recognizes the functions of a namespace import", async () => {
  const source = `import * as infrastructure from "@kinde/infrastructure";
${workflow(`const r = await infrastructure.fetch("/a", ${GET}); return r.ok`, ["kinde.accessToken", "kinde.fetch"])}`;
  const findings = await sharedKinde(source).check();
  expect(findings.map(({ rule }) => rule)).toEqual(["relative-url", "browser-response"]);
});

describe("check follows a fetch result", () => {
  test.for([
    [`let r; try { r = await fetch(event.u, ${GET}) } catch { return } return r.ok`, 1],
    [`const r = await fetch(event.u, ${GET}).catch(() => null); return r?.status`, 1],
    [`const [a, b] = await Promise.all([event.a, fetch(event.u, ${GET})]); return b.ok`, 1],
    [`const [a, b] = await Promise.all([event.a, fetch(event.u, ${GET})]); return a.ok`, 0],
    [`let r = await fetch(event.u, ${GET}); r = event.r; return r.ok`, 0],
  ] as const)("%s", async ([line, count]) => {
    expect((await judge(line, "browser-response")).length).toBe(count);
  });
});

describe("check finds a URL without an origin", () => {
  test.for([
    [`return fetch("/api/users", ${GET})`, 1],
    [`return fetch("api.example.com/users", ${GET})`, 1],
    [`return kinde.fetch(\`/users/\${encodeURIComponent(event.a)}\`, ${GET})`, 1],
    [`const path = "/users"; return fetch(path, ${GET})`, 1],
    ['return new URL("/users").href', 1],
    [`return fetch("https://api.example.com/users", ${GET})`, 0],
    [`return fetch("HTTP://localhost:3000", ${GET})`, 0],
    [`return fetch(event.base + "/users", ${GET})`, 0],
    ['return new URL("/users", event.base).href', 0],
    ['const api = await createKindeAPI(event); return api.get({ endpoint: "users" })', 0],
  ] as const)("%s", async ([line, count]) => {
    expect(await judge(line, "relative-url")).toEqual(Array(count).fill("error 7: The"));
  });
});

describe("check finds a value that is not encoded in a URL", () => {
  const get = (url: string) => `return fetch(${url}, ${GET})`;
  test.for([
    [get("`https://a.example/?user=${event.context.user.id}`"), "event.context.user.id"],
    [get("`https://a.example/users/${event.a}/x`"), "event.a"],
    [get('"https://a.example/users/" + event.a'), "event.a"],
    [get("`${event.base}/rest?email=eq.${event.email}`"), "event.email"],
    [`const u = \`https://a.example/?q=\${event.q}\`; ${get("u")}`, "event.q"],
    [
      "const api = await createKindeAPI(event); return api.get({ endpoint: `users?email=${event.email}` })",
      "event.email",
    ],
    ["return new URL(`https://a.example/?q=${event.q}`).href", "event.q"],
    [get("`https://a.example/?user=${encodeURIComponent(event.a)}`"), null],
    [get("`https://a.example/?${new URLSearchParams({ q: event.q })}`"), null],
    [`const p = new URLSearchParams(); ${get("`https://a.example/?${p.toString()}`")}`, null],
    [
      `const id = encodeURIComponent(event.a); console.log(id); ${get("`https://a.example/${id}/x`")}`,
      null,
    ],
    [`const u = \`https://a.example/?q=\${event.q}\`; console.log(u); ${get("u")}`, "event.q"],
    [`const id = encodeURIComponent(event.a); ${get("`https://a.example/${id}/x`")}`, null],
    [get("`${event.base}/users`"), null],
    [get("`https://${event.host}/users`"), null],
    [get("event.base + event.path"), null],
    [get("`https://a.example/?page=${Number(event.page) + 1}&n=${20}`"), null],
    [get('`https://a.example/${event.a ? "one" : "two"}`'), null],
    [
      `const query = () => \`id=\${encodeURIComponent(event.q)}&select=\${event.columns}\`; console.log(query()); ${get("`https://a.example/?${query()}`")}`,
      null,
    ],
    [
      `const query = () => \`id=\${event.q}\`; console.log(query()); ${get("`https://a.example/?${query()}`")}`,
      "query()",
    ],
    [
      `const call = (u) => fetch(u, ${GET}); await call("https://a.example"); return call(\`https://a.example/\${event.q}\`)`,
      "event.q",
    ],
    [get('`https://a.example/?ids=${event.ids.map(encodeURIComponent).join(",")}`'), null],
    [
      "const { context: { user: { id } } } = event; const api = await createKindeAPI(event); return api.get({ endpoint: `users/${id}/mfa` })",
      null,
    ],
  ] as const)("%s", async ([line, value]) => {
    const expected = value === null ? [] : [`warning 7: ${value}`];
    expect(await judge(line, "unescaped-url-value")).toEqual(expected);
  });
});

describe("check finds methods that are wrong in the engine for characters outside ASCII", () => {
  test.for([
    ["return event.name.repeat(2)", 1],
    ['return "Zoë".repeat(2)', 1],
    ['const e = "é"; return `${e}!`.repeat(2)', 1],
    ['return event.name.split("")', 1],
    ['return "-".repeat(event.n)', 0],
    ['return String(Number(event.a)).split("")', 0],
    ['return event.name.split(",")', 0],
    ['return encodeURIComponent(event.name).split("")', 0],
    ["const o = { repeat: (n) => n }; return [1].repeat(o)", 0],
  ] as const)("%s", async ([line, count]) => {
    expect((await judge(line, "non-ascii-text")).length).toBe(count);
  });
});
