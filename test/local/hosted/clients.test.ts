import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createKindeManagement } from "../../../local/hosted/clients/kindeManagement.ts";
import { createSupabaseManagement } from "../../../local/hosted/clients/supabaseManagement.ts";
import {
  type FakeKinde,
  type FakeSupabase,
  startFakeKinde,
  startFakeSupabase,
} from "../../../local/hosted/fakes/index.ts";

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
afterEach(() => {
  supabase.faults.clear();
  kinde.faults.clear();
});

const supabaseClient = (options = {}) => {
  const { ref, accessToken, url } = supabase;
  return createSupabaseManagement({ ref, accessToken, url, ...options });
};
const kindeClient = (options = {}) =>
  createKindeManagement({ domain: kinde.url, ...kinde.machine, ...options });

describe("the client of Supabase's Management API", () => {
  test("reads and changes a project with requests that the published schemas allow", async () => {
    const client = supabaseClient();
    expect(await client.project()).toMatchObject({ status: "ACTIVE_HEALTHY" });
    await client.changeDataApi({ db_schema: "public,graphql_public,storage" });
    expect((await client.dataApi()).db_schema).toBe("public,graphql_public,storage");
    const secret_jwt_template = { role: "kinde_workflow" };
    const key = await client.createApiKey({
      type: "secret",
      name: "kinde_workflow",
      secret_jwt_template,
    });
    expect(key.api_key).toMatch(/^sb_secret_[0-9a-f]{32}$/);
    const [listed] = (await client.apiKeys()).filter(({ name }) => name === "kinde_workflow");
    expect(listed?.api_key).not.toBe(key.api_key);
    expect((await client.revealApiKey(key.id ?? "")).api_key).toBe(key.api_key);
    await client.changeApiKey(key.id ?? "", { description: "for Kinde" });
    await client.setSecrets([{ name: "KINDE_DOMAIN", value: "https://example.kinde.com" }]);
    expect((await client.secrets()).map(({ name }) => name)).toContain("KINDE_DOMAIN");
    await client.addThirdPartyAuth({ oidc_issuer_url: "https://example.kinde.com" });
    expect(await client.thirdPartyAuth()).toMatchObject([
      { oidc_issuer_url: "https://example.kinde.com" },
    ]);
    expect(await client.functions()).toEqual([]);
    expect(await client.advisors("security")).toEqual([]);
    expect(supabase.problems).toEqual([]);
  });

  test.each([
    [401, "UNAUTHORIZED", "SUPABASE_ACCESS_TOKEN"],
    [403, "FORBIDDEN", "Administrator"],
    [404, "NOT_FOUND", "SUPABASE_PROJECT_REF"],
    [409, "CONFLICT", "run the command again"],
    [422, "REFUSED", "run the command again"],
    [500, "UNAVAILABLE", "status.supabase.com"],
  ])("reports a %s as %s, with the cure, the request and no token", async (status, code, cure) => {
    supabase.faults.add({ operation: "v1BulkCreateSecrets", status });
    const failed = supabaseClient().setSecrets([]);
    const request = `POST /v1/projects/${supabase.ref}/secrets`;
    await expect(failed).rejects.toMatchObject({ code, status, request });
    await expect(failed).rejects.toThrow(cure);
    await expect(failed).rejects.not.toThrow(supabase.accessToken);
  });

  test("waits as long as a 429 asks for, and then continues", async () => {
    const headers = { "x-ratelimit-reset": "40" };
    supabase.faults.add({ operation: "v1ListAllSecrets", status: 429, headers, times: 2 });
    const waits: string[] = [];
    await supabaseClient({ onWait: (text: string) => waits.push(text) }).secrets();
    expect(waits).toEqual(Array(2).fill("Supabase answered 429, waiting 1 s"));
  });

  test("does not wait for an hour", async () => {
    supabase.faults.add({ status: 429, headers: { "retry-after": "3600" } });
    await expect(supabaseClient().secrets()).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  test("asks again after a 5xx, but does not change anything twice", async () => {
    supabase.faults.add({ operation: "v1ListAllFunctions", status: 503, times: 1 });
    expect(await supabaseClient().functions()).toEqual([]);
    supabase.faults.add({ operation: "v1BulkCreateSecrets", status: 503, times: 1 });
    await expect(supabaseClient().setSecrets([])).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("gives up when there is no answer, and when nothing listens", async () => {
    supabase.faults.add({ silent: true });
    await expect(supabaseClient({ timeLimitMs: 200 }).functions()).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    const gone = supabaseClient({ url: "http://127.0.0.1:9" });
    await expect(gone.functions()).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  test("refuses an answer that is not as documented", async () => {
    supabase.faults.add({ operation: "v1ListAllFunctions", status: 200, body: [{ slug: 1 }] });
    await expect(supabaseClient().functions()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });
});

describe("the client of Kinde's Management API", () => {
  test("reads and changes an environment with requests that the published schemas allow", async () => {
    const client = kindeClient();
    await client.createVariable({ key: "SUPABASE_SECRET_KEY", value: "secret", is_secret: true });
    const { variables } = await client.variables();
    expect(variables).toMatchObject([{ key: "SUPABASE_SECRET_KEY", value: null, is_secret: true }]);
    await client.changeVariable(variables[0]?.id ?? "", { value: "other" });
    const endpoint = "https://app.example.com/webhooks/kinde";
    await client.createWebhook({ endpoint, name: "Profiles", event_types: ["user.created"] });
    const [webhook] = await client.webhooks();
    await client.changeWebhook(webhook?.id ?? "", {
      event_types: ["user.created", "user.deleted"],
    });
    expect(await client.webhooks()).toMatchObject([
      { endpoint, event_types: ["user.created", "user.deleted"] },
    ]);
    await client.addCallbackUrls(kinde.clientId, { urls: ["https://app.example.com/callback"] });
    expect(await client.callbackUrls(kinde.clientId)).toEqual(["https://app.example.com/callback"]);
    await client.addLogoutUrls(kinde.clientId, { urls: ["https://app.example.com/"] });
    expect(await client.logoutUrls(kinde.clientId)).toEqual(["https://app.example.com/"]);
    await client.changeTokens(kinde.clientId, { access_token_lifetime: 3600 });
    expect(await client.application(kinde.clientId)).toMatchObject({ type: "reg" });
    expect(kinde.problems).toEqual([]);
  });

  test("reads every page of permissions", async () => {
    const client = kindeClient();
    for (let number = 0; number < 205; number++) {
      kinde.environment.permissions.push({ id: `${number}`, key: `read:${number}`, name: "Read" });
    }
    expect(await client.permissions()).toHaveLength(205);
    expect(kinde.requests.filter(({ operation }) => operation === "getPermissions")).toHaveLength(
      3,
    );
  });

  test("says that there are variables which Kinde does not show", async () => {
    kinde.environment.hasMoreVariables = true;
    expect(await kindeClient().variables()).toMatchObject({ isComplete: false });
    kinde.environment.hasMoreVariables = false;
  });

  test("names the scope that the machine application lacks, and the place to add it", async () => {
    const all = [...kinde.environment.scopes];
    kinde.environment.scopes = all.filter((scope) => scope !== "create:webhooks");
    const client = kindeClient();
    const failed = client.createWebhook({
      endpoint: "https://x.example",
      name: "x",
      event_types: [],
    });
    await expect(failed).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(failed).rejects.toThrow(
      "the scope create:webhooks: Kinde > Settings > Applications",
    );
    expect(await client.scopes()).not.toContain("create:webhooks");
    kinde.environment.scopes = all;
  });

  test("says that the machine application's secret is wrong, without showing it", async () => {
    const failed = kindeClient({ clientSecret: "a-wrong-secret" }).webhooks();
    await expect(failed).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(failed).rejects.toThrow("KINDE_M2M_CLIENT_SECRET");
    await expect(failed).rejects.not.toThrow("a-wrong-secret");
  });

  test("asks once for a token", async () => {
    const client = kindeClient();
    const tokenRequests = () =>
      kinde.requests.filter(({ path }) => path === "/oauth2/token").length;
    const before = tokenRequests();
    await Promise.all([client.webhooks(), client.permissions(), client.scopes()]);
    expect(tokenRequests()).toBe(before + 1);
  });
});
