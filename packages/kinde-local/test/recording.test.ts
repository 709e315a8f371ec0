import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env, Kinde } from "kinde-local";
import { describe, expect, test } from "vitest";
import { kindeWith, makeProject, workflow } from "./support/project.ts";

const API = "https://api.example.com";
const SECRET = "s3cret-value";
const TOKEN = "tok3n-that-came-back";
const env: Env = { KEY: { value: SECRET, isSecret: true } };

/** A workflow that gets a token, uses it, and sends one request twice. */
const source = workflow(`
  const get = (path, headers = {}) => kinde.fetch("${API}" + path, { method: "GET", headers }).json;
  const { access_token } = kinde.fetch("${API}/token", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: { client_secret: kinde.env.get("KEY").value, grant_type: "client_credentials" },
  }).json;
  return [
    get("/me?access=" + encodeURIComponent(access_token), { authorization: "Bearer " + access_token }),
    get("/count?key=" + kinde.env.get("KEY").value),
    get("/count?key=" + kinde.env.get("KEY").value),
    kinde.fetch("${API}/page", { method: "GET", headers: {}, responseFormat: "text" }).text,
  ];
`);

/** A network that answers the workflow's requests. */
function network(): typeof globalThis.fetch {
  let count = 0;
  const headers = { "x-kind": "test", "set-cookie": "session=1", "x-api-key": "k" };
  return async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname === "/token") return Response.json({ access_token: TOKEN }, { headers });
    if (pathname === "/count") return Response.json({ count: ++count });
    if (pathname === "/page") return new Response(`<p>${SECRET}</p>`);
    const authorization = new Headers(init?.headers).get("authorization");
    return Response.json({ name: "Ada", email: `${authorization?.slice(7)}@x` });
  };
}

const folder = (): string => join(makeProject({}), "recording");

async function record(kinde: Kinde, into: string) {
  return (await kinde.run({ env, record: into, fetch: network() })).claims.accessToken.result;
}

const namesIn = (path: string): string[] => readdirSync(path).sort();
const readAll = (path: string): string =>
  namesIn(path)
    .map((name) => name + readFileSync(join(path, name), "utf8"))
    .join("\n");

describe("a recording", () => {
  test("has one file for each request, formatted for people and readable only by its owner", async () => {
    const into = folder();
    await record(kindeWith(source), into);
    expect(namesIn(into)).toEqual([
      expect.stringMatching(/^GET-api\.example\.com-count-[0-9a-f]{8}-2\.json$/),
      expect.stringMatching(/^GET-api\.example\.com-count-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^GET-api\.example\.com-me-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^GET-api\.example\.com-page-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^POST-api\.example\.com-token-[0-9a-f]{8}\.json$/),
    ]);
    const token = join(into, namesIn(into).at(-1) ?? "");
    expect(statSync(token).mode & 0o777).toBe(0o600);
    expect(readFileSync(token, "utf8")).toBe(`{
  "request": {
    "method": "POST",
    "url": "https://api.example.com/token",
    "body": "client_secret=[redacted]&grant_type=client_credentials"
  },
  "response": {
    "status": 200,
    "headers": {
      "content-type": "application/json",
      "x-kind": "test"
    },
    "json": {
      "access_token": "[redacted]"
    }
  }
}
`);
  });

  test("contains no secret of the environment, and no token from an answer", async () => {
    const into = folder();
    expect(JSON.stringify(await record(kindeWith(source), into))).toContain(TOKEN);
    const all = readAll(into);
    for (const secret of [SECRET, TOKEN, "session=1", "x-api-key"])
      expect(all).not.toContain(secret);
    expect(all).toContain("?key=[redacted]");
    expect(all).toContain('"email": "[redacted]@x"');
    expect(all).toContain("<p>[redacted]</p>");
  });

  test("has the same file names when it is repeated, and keeps no file of an earlier recording", async () => {
    const into = folder();
    const kinde = kindeWith(source);
    await record(kinde, into);
    const first = namesIn(into);
    writeFileSync(join(into, first[0]?.replace("-2.json", "-3.json") ?? ""), "{}");
    await record(kinde, into);
    expect(namesIn(into)).toEqual(first);
  });
});

describe("a recording redacts a secret that it recognizes by its name or as a JSON Web Token:", () => {
  const token = "an0ther-t0ken";
  const jwt = `eyJhbGciOiJIUzI1NiJ9.${"a".repeat(20)}.${"b".repeat(20)}`;

  test.for([
    ["a member of JSON", JSON.stringify({ data: [{ refreshToken: token }] })],
    [
      "a member of JSON whose numbers are too long for JavaScript",
      `{"id":12345678901234567890,"api_key":"${token}"}`,
    ],
    [
      "a member of JSON inside JSON",
      JSON.stringify({ body: JSON.stringify({ client_secret: token }) }),
    ],
    ["a parameter of a form", `scope=a&access_token=${token}&token_type=bearer`],
    ["a parameter of a URL", JSON.stringify({ next: `https://x.example/?apikey=${token}&page=2` })],
    ["a JSON Web Token with any name", JSON.stringify({ value: jwt, text: `Bearer ${jwt}.` })],
  ] as const)("%s", async ([, body]) => {
    const into = folder();
    const kinde = kindeWith(
      workflow(
        `return kinde.fetch("${API}/x", { method: "GET", headers: {}, responseFormat: "text" }).text`,
      ),
    );
    const run = await kinde.run({ record: into, fetch: async () => new Response(body) });
    expect(run.claims.accessToken.result).toBe(body);
    const all = readAll(into);
    expect(all).not.toContain(token);
    expect(all).not.toContain(jwt);
    expect(all).toContain("[redacted]");
  });

  test("but keeps values whose names only resemble the name of a secret", async () => {
    const into = folder();
    const body = {
      roles: [{ key: "admin" }],
      token_type: "bearer",
      tokens_left: "12",
      monkey: "x",
    };
    const kinde = kindeWith(
      workflow(`return kinde.fetch("${API}/x", { method: "GET", headers: {} })`),
    );
    await kinde.run({ record: into, fetch: async () => Response.json(body) });
    expect(
      JSON.parse(readFileSync(join(into, namesIn(into)[0] ?? ""), "utf8")).response.json,
    ).toEqual(body);
  });
});

describe("a replay", () => {
  test("answers from the recording, in its order, and sends nothing", async () => {
    const into = folder();
    const kinde = kindeWith(source);
    await record(kinde, into);
    const run = await kinde.run({ env, replay: into });
    expect(run.claims.accessToken.result).toEqual([
      { name: "Ada", email: "[redacted]@x" },
      { count: 1 },
      { count: 2 },
      "<p>[redacted]</p>",
    ]);
    expect(run.fetches.map(({ status, answeredBy }) => [status, answeredBy])).toEqual(
      Array(5).fill([200, "replay"]),
    );
  });

  test("works with a secret other than the one that the recording was made with", async () => {
    const into = folder();
    const kinde = kindeWith(source);
    await record(kinde, into);
    const run = await kinde.run({
      env: { KEY: { value: "another-one", isSecret: true } },
      replay: into,
    });
    expect(run.error).toBeNull();
  });

  test("repeats the last answer if a request is sent more often than recorded", async () => {
    const into = folder();
    const times = (n: number): string =>
      workflow(
        `return Array.from({ length: ${n} }, () => kinde.fetch("${API}/count", { method: "GET", headers: {} }).json.count)`,
      );
    await record(kindeWith(times(2)), into);
    const run = await kindeWith(times(4)).run({ replay: into });
    expect(run.claims.accessToken.result).toEqual([1, 2, 2, 2]);
  });

  test("repeats failures, with Go's messages", async () => {
    const into = folder();
    const kinde = kindeWith(
      workflow(`try { return kinde.fetch("http://127.0.0.1:1/x", { method: "GET", headers: {} }); }
        catch (error) { return error.message; }`),
    );
    const first = await kinde.run({ record: into });
    const again = await kinde.run({ replay: into });
    expect(first.claims.accessToken.result).toBe(
      'Get "http://127.0.0.1:1/x": dial tcp 127.0.0.1:1: connect: connection refused',
    );
    expect(again.claims).toEqual(first.claims);
  });

  test("of a request that was not recorded is an error that names the request", async () => {
    const into = folder();
    await record(kindeWith(source), into);
    const other = kindeWith(
      workflow(`return kinde.fetch("${API}/other?x=1", { method: "GET", headers: {} })`),
    );
    await expect(other.run({ replay: into })).rejects.toMatchObject({
      code: "NOT_RECORDED",
      message: `The recording in ${into} does not hold GET ${API}/other. Record it with --record ${into} (in code: record), or give an answer.`,
    });
  });

  test("from a folder or a file that cannot be used is an error", async () => {
    const into = folder();
    const kinde = kindeWith(source);
    await expect(kinde.run({ env, replay: into })).rejects.toThrow(`${into} is not a folder`);
    await record(kinde, into);
    const file = join(into, namesIn(into).at(-1) ?? "");
    for (const text of ["{", "{}", '{"response":{"status":7}}']) {
      writeFileSync(file, text);
      await expect(kinde.run({ env, replay: into })).rejects.toThrow(`recording ${file}`);
    }
    await expect(kinde.run({ env, replay: into, record: into })).rejects.toThrow(
      "record and replay were given together",
    );
  });
});

test("a request that the option `answers` answers is not recorded", async () => {
  const into = folder();
  const kinde = kindeWith(
    workflow(`return kinde.fetch("${API}/a", { method: "GET", headers: {} })`),
  );
  await kinde.run({ record: into, answers: { [`GET ${API}/a`]: { json: 1 } } });
  expect(existsSync(into)).toBe(false);
});
