import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FakeKinde,
  type FakeSupabase,
  startFakeKinde,
  startFakeSupabase,
} from "../../../local/hosted/fakes/index.ts";
import kindeSchemas from "../../../local/hosted/fakes/schemas/kinde.json" with { type: "json" };
import supabaseSchemas from "../../../local/hosted/fakes/schemas/supabase.json" with {
  type: "json",
};

let supabase: FakeSupabase;
let kinde: FakeKinde;

beforeAll(async () => {
  supabase = await startFakeSupabase({});
  kinde = await startFakeKinde();
});
afterAll(async () => {
  await supabase.stop();
  await kinde.stop();
});

test("the schemas are those of the installed packages", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  for (const api of [supabaseSchemas, kindeSchemas]) {
    const [, name, version] = /^(.+)@(.+)$/.exec(api.package) ?? [];
    expect(packages[`node_modules/${name}`].version).toBe(version);
  }
});

describe("the fake of Supabase refuses what the published API does not have", () => {
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${supabase.url}/v1/projects/${supabase.ref}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${supabase.accessToken}`,
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  test.each([
    ["an unknown path", "GET", "/keys", undefined, 404],
    ["another method", "PUT", "/api-keys", {}, 404],
    ["an unknown query", "GET", "/api-keys?show=true", undefined, 400],
    ["a query value of another type", "GET", "/api-keys?reveal=please", undefined, 400],
    ["a key name that is too short", "POST", "/api-keys", { type: "secret", name: "abc" }, 400],
    ["a key name with capitals", "POST", "/api-keys", { type: "secret", name: "Kinde" }, 400],
    ["a missing property", "POST", "/database/query", {}, 400],
    ["a property that is not published", "PATCH", "/postgrest", { schemas: "public" }, 400],
    ["a secret of Supabase's own", "POST", "/secrets", [{ name: "SUPABASE_URL", value: "x" }], 400],
    ["a body for a request that has none", "POST", "/api-keys?reveal=true", undefined, 400],
  ])("%s", async (_, method, path, body, status) => {
    const before = supabase.problems.length;
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect(supabase.problems).toHaveLength(before + 1);
  });

  test("a wrong token", async () => {
    const response = await fetch(`${supabase.url}/v1/projects/${supabase.ref}/secrets`);
    expect(response.status).toBe(401);
  });

  test("its own answer, if it differs from the published schema", async () => {
    supabase.project.thirdPartyAuth.push({ id: "1" } as never);
    expect((await send("GET", "/config/auth/third-party-auth")).status).toBe(500);
    expect(supabase.problems.at(-1)).toContain("answer of v1ListProjectTpaIntegrations");
    supabase.project.thirdPartyAuth.pop();
  });
});

describe("the fake of Kinde refuses what the published API does not have", () => {
  const token = () => kinde.sign({ aud: [`${kinde.url}/api`], scp: kinde.environment.scopes });

  test.each([
    ["an unknown path", "GET", "/workflows", undefined, 404],
    [
      "a webhook without events",
      "POST",
      "/webhooks",
      { endpoint: "https://x.example", name: "x" },
      400,
    ],
    [
      "another endpoint of an existing webhook",
      "PATCH",
      "/webhooks/1",
      { endpoint: "https://y" },
      400,
    ],
    [
      "a variable with a property that is not published",
      "POST",
      "/environment_variables",
      { key: "A", value: "b", sensitive: true },
      400,
    ],
    [
      "a lifetime that is not a number",
      "PATCH",
      "/applications/1/tokens",
      { access_token_lifetime: "3600" },
      400,
    ],
    ["a query that is not published", "GET", "/permissions?page=2", undefined, 400],
  ])("%s", async (_, method, path, body, status) => {
    const response = await fetch(`${kinde.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(status);
    expect(kinde.problems.at(-1)).toContain(status === 404 ? path : "of ");
  });
});
