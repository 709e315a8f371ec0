import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";
import { jsonAnswer, type RawServer, startRawServer } from "./support/rawServer.ts";

const source = workflow(`
  const [url, options] = JSON.parse(kinde.env.get("CALL").value);
  try { return kinde.fetch(url, options).json; } catch (error) { return error.message; }
`);
const kinde = openKinde(
  makeProject({ [`${WORKFLOWS}/fetchWorkflow.ts`]: source }, afterAll),
  {},
  afterAll,
);

/** The result that the workflow received from one `kinde.fetch`. */
async function call(url: string, options: object = {}, fetch?: typeof globalThis.fetch) {
  const CALL = JSON.stringify([url, { method: "GET", headers: {}, ...options }]);
  const run = await kinde.run({ env: { CALL }, ...(fetch && { fetch }) });
  return run.claims.accessToken.result;
}

let location = "/landed";
let away: RawServer;
let server: RawServer;
beforeEach(async () => {
  location = "/landed";
  away = await startRawServer(({ line }) => jsonAnswer(200, line));
  server = await startRawServer(({ line }) => {
    const status = Number(/^\S+ \/(\d+)/.exec(line)?.[1] ?? 200);
    return jsonAnswer(status, line, status === 200 ? [] : [`location: ${location}`]);
  });
  return () => Promise.all([server.close(), away.close()]);
});
const at = (path: string): string => `http://127.0.0.1:${server.port}${path}`;

describe("kinde.fetch follows a redirect as Go's client does", () => {
  test.for([
    [301, "GET", ""],
    [302, "GET", ""],
    [303, "GET", ""],
    [307, "POST", "a=1"],
    [308, "POST", "a=1"],
  ] as const)("%i makes %s of a POST, with the body '%s'", async ([status, method, body]) => {
    const given = { method: "POST", body: "a=1", headers: { "content-type": "text/x" } };
    expect(await call(at(`/${status}`), given)).toBe(`${method} /landed HTTP/1.1`);
    expect(server.requests.map(({ line }) => line)).toEqual([
      `POST /${status} HTTP/1.1`,
      `${method} /landed HTTP/1.1`,
    ]);
    expect(server.requests[1]?.body).toBe(body);
  });

  test("and keeps the method HEAD", async () => {
    await call(at("/302"), { method: "HEAD" });
    expect(server.requests[1]?.line).toBe("HEAD /landed HTTP/1.1");
  });

  test.for([
    ["../up?x=1", "/up?x=1"],
    ["a b", "/302/a%20b"],
    ["?q=1", "/302/deep?q=1"],
    ["//HOST/slashes", "/slashes"],
  ])("resolves the location %s as %s", async ([given = "", target]) => {
    location = given.replace("HOST", `127.0.0.1:${server.port}`);
    await call(at("/302/deep"));
    expect(server.requests[1]?.line).toBe(`GET ${target} HTTP/1.1`);
  });

  test("sends the previous URL as Referer, without the user name and password", async () => {
    await call(at("/302?x=1").replace("//", "//user:pass@"));
    expect(server.requests[1]?.headers.referer).toBe(at("/302?x=1"));
    expect(server.requests[1]?.headers.authorization).toBe("Basic dXNlcjpwYXNz");
  });

  test("keeps Authorization and Cookie for the same host, on any port", async () => {
    location = `http://127.0.0.1:${away.port}/x`;
    await call(at("/302"), { headers: { authorization: "Bearer t", cookie: "c=1", "x-key": "k" } });
    expect(away.requests[0]?.headers).toMatchObject({ authorization: "Bearer t", cookie: "c=1" });
  });

  test("and removes Authorization and Cookie for another host", async () => {
    location = `http://localhost:${away.port}/x`;
    await call(at("/302"), { headers: { authorization: "Bearer t", cookie: "c=1", "x-key": "k" } });
    const { headers } = away.requests[0] ?? {};
    expect(headers).toMatchObject({ "x-key": "k" });
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("cookie");
  });

  test("but returns a redirect without a location as the answer", async () => {
    location = "";
    expect(await call(at("/302"))).toBe("GET /302 HTTP/1.1");
  });

  test.for([
    [
      "http://x/%",
      (from: string): string =>
        `Get "${from}": failed to parse Location header "http://x/%": parse "http://x/%": invalid URL escape "%"`,
    ],
    ["mailto:a@b", () => 'Get "mailto:a@b": unsupported protocol scheme "mailto"'],
  ] as const)("fails for the location %s", async ([given, text]) => {
    location = given;
    expect(await call(at("/302"))).toBe(text(at("/302")));
  });
});

describe("kinde.fetch refuses what Go's client refuses", () => {
  test.for([
    [{ method: "A B" }, (): string => 'net/http: invalid method "A B"'],
    [
      { headers: { "a b": "1" } },
      (): string => `Get "${at("/")}": net/http: invalid header field name "a b"`,
    ],
    [
      { headers: { "x-y": "1\n2" } },
      (): string => `Get "${at("/")}": net/http: invalid header field value for "X-Y"`,
    ],
  ] as const)("%j", async ([options, text]) => {
    expect(await call(at("/"), options)).toBe(text());
    expect(server.requests).toEqual([]);
  });

  test("but sends a header that is not ASCII as UTF-8, and ignores a Host header of the workflow", async () => {
    await call(at("/"), { headers: { "x-name": "Zoë", host: "elsewhere" } });
    expect(server.requests[0]?.headers).toMatchObject({
      "x-name": "Zoë",
      host: `127.0.0.1:${server.port}`,
    });
  });
});

describe("a URL that JavaScript's fetch would change", () => {
  const odd = "https://api.example.com/a/../b?q=x y";

  test("reaches the handlers of msw", async () => {
    const msw = setupServer(
      http.get("https://api.example.com/b", ({ request }) =>
        HttpResponse.json(new URL(request.url).searchParams.get("q")),
      ),
    );
    msw.listen({ onUnhandledRequest: "error" });
    expect(await call(odd)).toBe("x y");
    msw.close();
  });

  test("reaches a function that replaces the process's fetch", async () => {
    const stub = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(1));
    expect(await call(odd)).toBe(1);
    expect(stub).toHaveBeenCalledTimes(1);
    stub.mockRestore();
  });

  test("reaches the option fetch unchanged", async () => {
    const fetch = async (input: unknown) => Response.json(String(input));
    expect(await call(odd, {}, fetch)).toBe(odd);
  });

  test("is sent to the network unchanged, with body and headers", async () => {
    await call(at("/a/./b?q=x y"), {
      method: "POST",
      headers: { "x-key": "k" },
      body: '{"a":"é"}',
    });
    expect(server.requests[0]).toMatchObject({
      line: "POST /a/./b?q=x y HTTP/1.1",
      headers: { "x-key": "k", "user-agent": "Go-http-client/1.1", "content-length": "10" },
      body: '{"a":"é"}',
    });
  });
});
