import { createServer } from "node:net";
import { HttpResponse, http, passthrough } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { kindeWith, workflow } from "./support/project.ts";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const URL_ = "https://api.example.com/things";
const get = (options = "") =>
  `kinde.fetch("${URL_}", { method: "GET", headers: { accept: "application/json" }${options} })`;

/** A port on which no program listens. */
async function closedPort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

describe("kinde.fetch", () => {
  test("returns its result, not a promise", async () => {
    server.use(http.get(URL_, () => HttpResponse.json({ a: [1] })));
    const source = workflow(
      `const result = ${get()}; return [result instanceof Promise, result.json.a[0]];`,
    );
    const run = await kindeWith(source).run();
    expect(run.claims.accessToken.result).toEqual([false, 1]);
    expect(run.fetches).toEqual([
      { method: "GET", url: URL_, status: 200, ms: expect.any(Number) },
    ]);
  });

  test("returns objects of the realm", async () => {
    server.use(http.get(URL_, () => HttpResponse.json([{}])));
    const source = workflow(
      `const { json } = ${get()}; return json instanceof Array && json[0] instanceof Object;`,
    );
    const run = await kindeWith(source).run();
    expect(run.claims.accessToken.result).toBe(true);
  });

  test("returns the text if the workflow asks for text", async () => {
    server.use(http.get(URL_, () => HttpResponse.text("<html>")));
    const run = await kindeWith(workflow(`return ${get(', responseFormat: "text"')}`)).run();
    expect(run.claims.accessToken.result).toEqual({ text: "<html>" });
  });

  test("sends the given headers unchanged, and adds those of Go's client", async () => {
    let headers = new Headers();
    server.use(
      http.get(URL_, ({ request }) => {
        headers = request.headers;
        return HttpResponse.json(1);
      }),
    );
    const fetch = `kinde.fetch("${URL_}", { method: "GET", headers: { "X-Key": "k", Accept: "a/b" } })`;
    await kindeWith(workflow(`${fetch}; return 1;`)).run();
    expect(headers.get("x-key")).toBe("k");
    expect(headers.get("accept")).toBe("a/b");
    expect(headers.get("user-agent")).toBe("Go-http-client/1.1");
  });

  test.for([
    ['new URLSearchParams({ a: "b c" })', "a=b+c", "application/x-www-form-urlencoded"],
    ['"plain"', "plain", "text/x"],
    ["{ a: { b: 1 } }", '{"a":{"b":1}}', "application/json"],
    ['{ a: "b c" }', "a=b+c", "application/x-www-form-urlencoded"],
  ] as const)("posts the body %s as %s", async ([body, sent, type]) => {
    let received: unknown;
    server.use(
      http.post(URL_, async ({ request }) => {
        received = [await request.text(), request.headers.get("content-type")];
        return HttpResponse.json(1);
      }),
    );
    const options = `{ method: "POST", headers: { "Content-Type": "${type}" }, body: ${body} }`;
    const run = await kindeWith(workflow(`kinde.fetch("${URL_}", ${options}); return 1;`)).run();
    expect(run.error).toBeNull();
    expect(received).toEqual([sent, type]);
  });

  test("puts the body of a GET into the query, as Kinde's own API helper needs it", async () => {
    server.use(http.get(URL_, ({ request }) => HttpResponse.json(new URL(request.url).search)));
    const run = await kindeWith(workflow(`return ${get(', body: "id=kp_1"')}.json`)).run();
    expect(run.claims.accessToken.result).toBe("?id=kp_1");
  });

  test("throws a GoError with Go's message and the whole URL when there is no answer", async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const source =
      workflow(`try { kinde.fetch("http://${address}/x?id=kp_1", { method: "GET", headers: {} }) }
      catch (e) { return [e instanceof Error, e instanceof GoError, e.name, e.message]; }`);
    server.use(http.get(`http://${address}/x`, () => passthrough()));
    const run = await kindeWith(source).run();
    expect(run.claims.accessToken.result).toEqual([
      true,
      true,
      "GoError",
      `Get "http://${address}/x?id=kp_1": dial tcp ${address}: connect: connection refused`,
    ]);
    expect(run.fetches[0]).toMatchObject({
      status: null,
      error: expect.stringContaining("refused"),
    });
  });

  test("transfers ten megabytes", async () => {
    server.use(http.get(URL_, () => HttpResponse.text("é".repeat(5_000_000))));
    const source = workflow(`return ${get(', responseFormat: "text"')}.text.length`);
    const run = await kindeWith(source).run();
    expect(run.claims.accessToken.result).toBe(5_000_000);
  });

  test("is not interrupted by the time limit, which ends the run only after kinde.fetch returned", async () => {
    server.use(
      http.get(URL_, async () => {
        await new Promise((resolve) => setTimeout(resolve, 900));
        return HttpResponse.json(1);
      }),
    );
    const source = workflow(`kinde.accessToken.setCustomClaim("before", 1); ${get()}; return 1;`);
    const run = await kindeWith(source).run({ limits: { timeMs: 500 } });
    expect(run.error?.name).toBe("TimeLimitError");
    expect(run.fetches[0]?.status).toBe(200);
    expect(run.ms).toBeGreaterThan(890);
    expect(run.claims.accessToken).toEqual({ before: 1 });
  });

  test("that takes longer than the time limit does not affect later runs", async () => {
    let delayMs = 0;
    server.use(
      http.get(URL_, async () => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        return HttpResponse.json("x".repeat(300_000));
      }),
    );
    const kinde = kindeWith(workflow(`return ${get()}.json.length`));
    // Even on a busy machine, each answer comes clearly after the limit or clearly before it.
    for (const [limitMs, answerAfterMs] of [
      [500, 900],
      [20_000, 0],
      [600, 1_000],
      [20_000, 0],
    ] as const) {
      delayMs = answerAfterMs;
      const run = await kinde.run({ limits: { timeMs: limitMs } });
      const isInTime = answerAfterMs === 0;
      expect(run.error?.name).toBe(isInTime ? undefined : "TimeLimitError");
      expect(run.claims.accessToken.result).toBe(isInTime ? 300_000 : undefined);
      expect(run.fetches[0]?.status).toBe(200);
    }
  });

  test("answers the requests of a loop in their order", async () => {
    server.use(http.get(`${URL_}/:n`, ({ params }) => HttpResponse.json(Number(params.n))));
    const source = workflow(`const seen = [];
      for (let i = 0; i < 20; i++) seen.push(kinde.fetch("${URL_}/" + i, { method: "GET", headers: {} }).json);
      return seen;`);
    const run = await kindeWith(source).run();
    expect(run.claims.accessToken.result).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});
