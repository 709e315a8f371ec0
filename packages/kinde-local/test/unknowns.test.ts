import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kindeWith, useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();

const server = setupServer(
  http.get("https://api.example.com/500", () => HttpResponse.json({ m: "no" }, { status: 500 })),
  http.get("https://api.example.com/html", () => HttpResponse.text("<html>")),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

const attempt = (path: string) =>
  workflow(`try { return kinde.fetch("https://api.example.com/${path}", { method: "GET", headers: {} }) }
    catch (e) { return e.name }`);

describe("each unknown behaviour of hosted Kinde is a setting", () => {
  test("an answer that is not 2xx is delivered, or throws", async () => {
    const kinde = sharedKinde(attempt("500"));
    const delivered = await kinde.run();
    const thrown = await kinde.run({ unknowns: { nonOkResponse: "throw" } });
    expect(delivered.claims.accessToken.result).toEqual({ json: { m: "no" } });
    expect(thrown.claims.accessToken.result).toBe("GoError");
    expect(thrown.fetches[0]?.status).toBe(500);
  });

  test("a body that is not JSON throws, or becomes null", async () => {
    const kinde = sharedKinde(attempt("html"));
    const thrown = await kinde.run();
    const nothing = await kinde.run({ unknowns: { invalidJson: "null" } });
    expect(thrown.claims.accessToken.result).toBe("GoError");
    expect(nothing.claims.accessToken.result).toEqual({ json: null });
  });

  test("a missing variable is null, or undefined", async () => {
    const kinde = sharedKinde(workflow('return String(kinde.env.get("NOPE"))'));
    const asNull = await kinde.run();
    const asUndefined = await kinde.run({ unknowns: { missingVariable: "undefined" } });
    expect(asNull.claims.accessToken.result).toBe("null");
    expect(asUndefined.claims.accessToken.result).toBe("undefined");
  });

  test("claims of an interrupted run are kept, or dropped", async () => {
    const source = workflow('kinde.accessToken.setCustomClaim("safe", false); for (;;) {}');
    const kinde = kindeWith(source, { limits: { timeMs: 1_000 } });
    const kept = await kinde.run({ claims: { accessToken: { old: 1 } } });
    const dropped = await kinde.run({
      claims: { accessToken: { old: 1 } },
      unknowns: { interruptedClaims: "drop" },
    });
    expect(kept.claims.accessToken).toEqual({ old: 1, safe: false });
    expect(dropped.claims.accessToken).toEqual({ old: 1 });
  });

  test("kinde.fetch without its binding is absent, or provided", async () => {
    const api = `import { createKindeAPI } from "@kinde/infrastructure";
${workflow(
  `const api = await createKindeAPI(event);
  return (await api.get({ endpoint: "users" })).data;`,
  ["url", "kinde.accessToken", "kinde.env"],
)}`;
    const kinde = sharedKinde(api);
    const env = { KINDE_WF_M2M_CLIENT_ID: "id", KINDE_WF_M2M_CLIENT_SECRET: "secret" };
    const fetch = async () => Response.json({ access_token: "token" });
    const absent = await kinde.run({ env, fetch });
    const provided = await kinde.run({ env, fetch, unknowns: { undeclaredFetch: "provided" } });
    expect(absent.error?.message).toContain("getM2MToken: Failed to obtain token");
    expect(absent.fetches).toEqual([]);
    expect(provided.claims.accessToken.result).toEqual({ access_token: "token" });
  });

  test("a value that a setting does not have is refused, and the error lists its values", async () => {
    const kinde = sharedKinde(workflow("return 1"));
    const unknowns = { nonOkResponse: "maybe" as "throw" };
    await expect(kinde.run({ unknowns })).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: expect.stringContaining('"deliver" or "throw"'),
    });
  });
});
