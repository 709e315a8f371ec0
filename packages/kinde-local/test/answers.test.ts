import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answers, KindeOptions } from "kinde-local";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, test } from "vitest";
import { kindeWith, makeProject, workflow } from "./support/project.ts";

const API = "https://api.example.com";

/** Runs a workflow that sends one GET, and returns the run. Its claim `result` is the answer. */
async function get(url: string, options: KindeOptions, more = "") {
  const source = workflow(
    `try { return kinde.fetch("${url}", { method: "GET", headers: {}${more} }); } catch (e) { return e.message; }`,
  );
  return await kindeWith(source, { network: false, ...options }).run();
}

const result = async (...args: Parameters<typeof get>): Promise<unknown> =>
  (await get(...args)).claims.accessToken.result;

describe("answers", () => {
  test("answer a request with JSON, and the run records that", async () => {
    const run = await get(`${API}/things`, { answers: { [`GET ${API}/things`]: { json: [1] } } });
    expect(run.claims.accessToken.result).toEqual({ json: [1] });
    expect(run.fetches).toEqual([
      {
        ...{ method: "GET", url: `${API}/things`, status: 200, ms: expect.any(Number) },
        answeredBy: "answers",
      },
    ]);
  });

  test("answer a request with text, and with a file", async () => {
    const file = join(makeProject({ "body.json": '{"from":"file"}' }), "body.json");
    const answers: Answers = { [`GET ${API}/t`]: { text: "plain" }, [`GET ${API}/f`]: { file } };
    expect(await result(`${API}/t`, { answers }, ', responseFormat: "text"')).toEqual({
      text: "plain",
    });
    expect(await result(`${API}/f`, { answers })).toEqual({ json: { from: "file" } });
  });

  test("may have a status and headers, so a redirect leads to another answer", async () => {
    const run = await get(`${API}/old`, {
      answers: {
        [`GET ${API}/old`]: { status: 302, headers: { location: "/new" } },
        [`GET ${API}/new`]: { status: 418, json: "moved" },
      },
    });
    expect(run.claims.accessToken.result).toEqual({ json: "moved" });
    expect(run.fetches[0]?.status).toBe(418);
  });

  test.for([
    [`GET ${API}/*`, `${API}/a/b?c=1`, true],
    [`${API}/a`, `${API}/a`, true],
    [`* ${API}/a`, `${API}/a`, true],
    [`get ${API}/a`, `${API}/a?any=query`, true],
    [`GET ${API}/a?x=1`, `${API}/a?x=1`, true],
    [`GET ${API}/a?x=1`, `${API}/a?x=2`, false],
    [`GET ${API}/a?*x=1*`, `${API}/a?b=2&x=1&c=3`, true],
    ["GET https://*.example.com/a", `${API}/a`, true],
    ["GET HTTPS://API.example.com:443/a", `${API}/a`, true],
    [`GET ${API}`, `${API}/`, true],
    [`GET ${API}/a`, "https://user:pass@api.example.com/a#part", true],
    [`POST ${API}/a`, `${API}/a`, false],
    [`GET ${API}/a`, `${API}/ab`, false],
    [`GET ${API}/a.c`, `${API}/abc`, false],
    ["GET *", `${API}/a`, true],
  ] as const)("%s and %s: %s", async ([key, url, isAnswered]) => {
    const run = get(url, { answers: { [key]: { json: "answered" } } });
    if (isAnswered) {
      expect((await run).claims.accessToken.result).toEqual({ json: "answered" });
    } else {
      await expect(run).rejects.toMatchObject({ code: "NO_ANSWER" });
    }
  });

  test("of the run are tried before those of the runtime, and the first match is used", async () => {
    const source = workflow(
      `return ["a", "b", "c"].map((name) => kinde.fetch("${API}/" + name, { method: "GET", headers: {} }).json);`,
    );
    const kinde = kindeWith(source, {
      answers: { [`GET ${API}/b`]: { json: "runtime" }, [`GET ${API}/*`]: { json: "rest" } },
    });
    const run = await kinde.run({ answers: { [`GET ${API}/a`]: { json: "run" } } });
    expect(run.claims.accessToken.result).toEqual(["run", "runtime", "rest"]);
  });

  test("leave requests that they do not match to msw or to the option fetch", async () => {
    const answers: Answers = { [`GET ${API}/else`]: { json: 1 } };
    const msw = setupServer(http.get(`${API}/a`, () => HttpResponse.json("msw")));
    msw.listen({ onUnhandledRequest: "error" });
    expect(await result(`${API}/a`, { answers, network: true })).toEqual({ json: "msw" });
    msw.close();
    const fetch = async () => Response.json("given");
    expect(await result(`${API}/a`, { answers, fetch })).toEqual({ json: "given" });
  });
});

describe("without a network, a request without a matching answer", () => {
  const id = "kp_0123456789abcdef0123456789abcdef";

  test("is an error that names the request and the option to add, without query, user id and secret", async () => {
    const env = { KEY: { value: "s3cret-value", isSecret: true } };
    const run = get(`${API}/users/${id}/s3cret-value?key=s3cret-value`, { env });
    await expect(run).rejects.toThrow(
      `No answer matches GET ${API}/users/*/*, and the network is off. Add --answer 'GET ${API}/users/*/*=FILE' (in code: answers: { "GET ${API}/users/*/*": { json: {} } }).`,
    );
  });

  test("is an error even if the workflow catches it, and the error names all such requests", async () => {
    const source = workflow(`
      for (const name of ["a", "b", "a"]) try { kinde.fetch("${API}/" + name, { method: "GET", headers: {} }); } catch {}
    `);
    await expect(kindeWith(source).run({ network: false })).rejects.toThrow(
      `No answer matches GET ${API}/a and GET ${API}/b, and`,
    );
  });
});

describe("invalid answers are refused before a workflow runs", () => {
  test.for([
    [{ "GET /things": {} }, '"GET /things" does not say which requests it answers'],
    [{ [`GET ${API}`]: [] }, "is not an object"],
    [{ [`GET ${API}`]: { body: 1 } }, 'has a member "body". It may have status, headers, json'],
    [{ [`GET ${API}`]: { json: 1, text: "" } }, "has json and text. Keep one of them"],
    [{ [`GET ${API}`]: { status: 99 } }, "has the status 99"],
    [{ [`GET ${API}`]: { headers: { a: 1 } } }, "has headers that are not an object of strings"],
    [{ [`GET ${API}`]: { text: 1 } }, "has a text that is not a string"],
    [{ [`GET ${API}`]: { file: "gone.json" } }, "names a file that cannot be read"],
  ] as const)("%j", async ([answers, text]) => {
    const options = { answers: answers as unknown as Answers };
    expect(() => kindeWith(workflow("return 1"), options)).toThrow(text);
    await expect(kindeWith(workflow("return 1")).run(options)).rejects.toThrow(text);
  });
});

test("an answer's file is read again at each request", async () => {
  const file = join(makeProject({ "body.json": "1" }), "body.json");
  const source = workflow(`return kinde.fetch("${API}/a", { method: "GET", headers: {} }).json`);
  const kinde = kindeWith(source, { answers: { [`GET ${API}/a`]: { file } } });
  expect((await kinde.run()).claims.accessToken.result).toBe(1);
  writeFileSync(file, "2");
  expect((await kinde.run()).claims.accessToken.result).toBe(2);
});
