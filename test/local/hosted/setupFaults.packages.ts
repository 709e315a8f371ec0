import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type FakeKinde,
  type FakeSupabase,
  startFakeKinde,
  startFakeSupabase,
} from "../../../local/hosted/fakes/index.ts";
import { readHostedSettings } from "../../../local/hosted/settings.ts";
import { applySteps } from "../../../local/hosted/setup/applySteps.ts";
import type { Outcome } from "../../../local/hosted/setup/outcome.ts";
import { planSteps } from "../../../local/hosted/setup/planSteps.ts";
import { STEPS } from "../../../local/hosted/setup/steps/index.ts";
import { createWorld } from "../../../local/hosted/world.ts";
import { type LocalSupabase, withDatabase } from "../../../local/supabase/index.ts";
import { endState } from "./support/endState.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";

const SOURCES = "FUNCTIONS_SOURCES_SHA256";

let first: HostedWorld;
let local: LocalSupabase;
let expected: Awaited<ReturnType<typeof endState>>;
let supabase: FakeSupabase;
let kinde: FakeKinde;

const worldOf = (settings: Record<string, string> = {}, timeLimitMs?: number) =>
  createWorld(
    readHostedSettings(
      first.writeSettings({
        ...first.settings,
        SUPABASE_ACCESS_TOKEN: supabase.accessToken,
        SUPABASE_API_URL: supabase.url,
        KINDE_DOMAIN: kinde.url,
        KINDE_M2M_CLIENT_ID: kinde.machine.clientId,
        KINDE_M2M_CLIENT_SECRET: kinde.machine.clientSecret,
        KINDE_CLIENT_ID: kinde.clientId,
        ...settings,
      }),
    ),
    timeLimitMs === undefined ? {} : { timeLimitMs },
  );
const apply = () => applySteps(STEPS, worldOf());
const plan = () => planSteps(STEPS, worldOf());
const statusOf = (outcomes: readonly Outcome[], id: string) =>
  outcomes.find(({ step }) => step.id === id);
const failed = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ status }) => status === "failed").map(({ step }) => step.id);

beforeAll(async () => {
  first = await startHostedWorld();
  local = first.local;
  ({ supabase, kinde } = first);
  await apply();
  expected = await endState(first);
});
afterAll(() => first?.stop());

// Each test keeps the database and the deployed functions. Everything else starts empty.
beforeEach(async () => {
  supabase = await startFakeSupabase({ databaseUrl: local.databaseUrl });
  supabase.project.functions.push(...first.supabase.project.functions);
  supabase.project.secrets.set(SOURCES, first.supabase.project.secrets.get(SOURCES) ?? "");
  kinde = await startFakeKinde();
});
afterEach(async () => {
  expect([...supabase.problems, ...kinde.problems]).toEqual([]);
  await Promise.all([supabase.stop(), kinde.stop()]);
});

async function expectWholeSetup(): Promise<void> {
  supabase.faults.clear();
  kinde.faults.clear();
  expect(failed(await apply())).toEqual([]);
  const left = (await plan()).filter(({ status }) => !["exists", "leftOut"].includes(status));
  expect(left).toEqual([]);
  expect(await endState({ local, supabase, kinde })).toEqual(expected);
}

describe("a change whose answer was lost is not made again", () => {
  test.each([
    ["v1CreateProjectApiKey", "supabase.workflowKey"],
    ["v1UpdateProjectApiKey", "kinde.variable.SUPABASE_SECRET_KEY"],
    ["v1BulkCreateSecrets", "supabase.functionSecrets"],
    ["v1CreateProjectTpaIntegration", "supabase.thirdPartyAuth"],
  ])("%s of Supabase", async (operation, id) => {
    supabase.faults.add({ operation, status: 502, afterwards: true, times: 1 });
    const outcomes = await apply();
    expect(failed(outcomes)).toContain(id);
    expect(statusOf(outcomes, id)?.detail).toContain("status.supabase.com");
    await expectWholeSetup();
  });

  test.each([
    ["createEnvironmentVariable", "kinde.variable.SUPABASE_URL"],
    ["createWebHook", "kinde.webhook"],
    ["createPermission", "kinde.permission"],
    ["addRedirectCallbackUrls", "kinde.callbackUrl"],
    ["addLogoutRedirectUrls", "kinde.logoutUrl"],
  ])("%s of Kinde", async (operation, id) => {
    kinde.faults.add({ operation, status: 502, afterwards: true, times: 1 });
    expect(failed(await apply())).toEqual([id]);
    await expectWholeSetup();
  });
});

describe("a refused change fails its step, and the next run makes it", () => {
  test.each([
    [403, "Administrator"],
    [404, "SUPABASE_PROJECT_REF"],
    [409, "run the command again"],
    [422, "docs/production.md"],
    [500, "status.supabase.com"],
  ])("%s from Supabase", async (status, cure) => {
    supabase.faults.add({ operation: "v1CreateProjectApiKey", status });
    const outcomes = await apply();
    // Without the key, there is nothing to store in Kinde.
    expect(failed(outcomes)).toEqual([
      "supabase.workflowKey",
      "kinde.variable.SUPABASE_SECRET_KEY",
    ]);
    expect(statusOf(outcomes, "supabase.workflowKey")?.detail).toContain(cure);
    await expectWholeSetup();
  });

  test.each([404, 409, 422, 500])("%s from Kinde", async (status) => {
    kinde.faults.add({ operation: "createWebHook", status });
    expect(failed(await apply())).toEqual(["kinde.webhook"]);
    await expectWholeSetup();
  });

  test("a deployment that Supabase refuses", async () => {
    supabase.project.functions.length = 0;
    supabase.faults.add({ operation: "v1DeployAFunction", status: 422 });
    const outcomes = await apply();
    expect(failed(outcomes)).toEqual(["supabase.functions"]);
    expect(statusOf(outcomes, "supabase.functions")?.detail).toContain(
      '"supabase functions deploy"',
    );
    await expectWholeSetup();
  });
});

describe("missing rights", () => {
  test("a wrong access token stops Supabase's steps at the first one, and Kinde's continue", async () => {
    const outcomes = await planSteps(STEPS, worldOf({ SUPABASE_ACCESS_TOKEN: "sbp_wrong" }));
    expect(failed(outcomes)).toEqual(["supabase.project"]);
    expect(statusOf(outcomes, "supabase.functions")?.status).toBe("blocked");
    expect(statusOf(outcomes, "kinde.variable.SUPABASE_SECRET_KEY")?.status).toBe("blocked");
    expect(statusOf(outcomes, "kinde.permission")?.status).toBe("create");
  });

  test("a wrong machine secret stops Kinde's steps at the first one", async () => {
    const outcomes = await planSteps(STEPS, worldOf({ KINDE_M2M_CLIENT_SECRET: "wrong" }));
    expect(failed(outcomes)).toEqual(["kinde.scopes"]);
    expect(statusOf(outcomes, "kinde.scopes")?.detail).toContain("KINDE_M2M_CLIENT_SECRET");
    expect(statusOf(outcomes, "kinde.webhook")?.status).toBe("blocked");
  });

  test("a missing scope is named by the step for scopes and by the step that needs it, with the place to add it", async () => {
    const lacking = ["create:webhooks", "update:user_refresh_claims"];
    const all = kinde.environment.scopes;
    kinde.environment.scopes = all.filter((scope) => !lacking.includes(scope));
    const outcomes = await apply();
    const scopes = statusOf(outcomes, "kinde.scopes");
    expect(scopes).toMatchObject({ status: "manual" });
    for (const scope of lacking) expect(scopes?.detail).toContain(scope);
    expect(scopes?.detail).toContain("Manage scopes");
    expect(failed(outcomes)).toEqual(["kinde.webhook"]);
    expect(statusOf(outcomes, "kinde.webhook")?.detail).toContain("the scope create:webhooks");
    kinde.environment.scopes = all;
    await expectWholeSetup();
  });
});

test("waits after a 429", async () => {
  const headers = { "ratelimit-reset": "1" };
  kinde.faults.add({ operation: "createPermission", status: 429, headers, times: 1 });
  supabase.faults.add({ operation: "v1BulkCreateSecrets", status: 429, headers, times: 1 });
  expect(failed(await apply())).toEqual([]);
  await expectWholeSetup();
});

test("a 429 that lasts too long ends the steps of this vendor", async () => {
  kinde.faults.add({ status: 429, headers: { "ratelimit-reset": "600" } });
  const outcomes = await apply();
  expect(failed(outcomes)).toEqual(["kinde.variable.SUPABASE_URL"]);
  expect(statusOf(outcomes, "kinde.webhook")?.status).toBe("blocked");
  await expectWholeSetup();
});

test("a request without an answer ends the steps of this vendor", async () => {
  supabase.faults.add({ silent: true });
  const outcomes = await planSteps(STEPS, worldOf({}, 300));
  expect(statusOf(outcomes, "supabase.project")?.detail).toContain("no answer within 0.3 s");
  expect(statusOf(outcomes, "supabase.dataApi")?.status).toBe("blocked");
  expect(statusOf(outcomes, "kinde.permission")?.status).toBe("create");
});

test("a permission on the third page of the list is found", async () => {
  for (let number = 0; number < 250; number++) {
    kinde.environment.permissions.push({ id: `${number}`, key: `read:${number}`, name: "Read" });
  }
  kinde.environment.permissions.push({ id: "mine", key: "grant:subscriptions", name: "Grant" });
  expect(statusOf(await plan(), "kinde.permission")?.status).toBe("exists");
});

test("a variable that Kinde may hide is not created: the step asks the user to look for it", async () => {
  kinde.environment.hasMoreVariables = true;
  const outcomes = await apply();
  expect(statusOf(outcomes, "kinde.variable.SUPABASE_URL")).toMatchObject({ status: "manual" });
  expect(kinde.environment.variables).toEqual([]);
});

test("a paused project stops Supabase's steps, and says where to resume it", async () => {
  supabase.project.status = "INACTIVE";
  const outcomes = await apply();
  expect(statusOf(outcomes, "supabase.project")).toMatchObject({ status: "manual" });
  expect(statusOf(outcomes, "supabase.project")?.detail).toContain("/dashboard/project/");
  expect(statusOf(outcomes, "supabase.functions")?.status).toBe("blocked");
});

test("a wrong secret key in Kinde is replaced", async () => {
  const variable = {
    id: "1",
    key: "SUPABASE_SECRET_KEY",
    value: "sb_secret_plain",
    is_secret: true,
  };
  kinde.environment.variables.push(variable);
  expect(statusOf(await plan(), "kinde.variable.SUPABASE_SECRET_KEY")?.status).toBe("change");
  await expectWholeSetup();
});

test("a key with the name kinde_workflow and another role is not changed: the step asks the user to rename it", async () => {
  supabase.project.apiKeys.push({
    id: "1",
    name: "kinde_workflow",
    type: "secret",
    prefix: "sb_secret_x",
  });
  expect(statusOf(await plan(), "supabase.workflowKey")).toMatchObject({ status: "manual" });
});

test("digests in an unknown form do not cause secrets to be written in every run", async () => {
  await apply();
  supabase.project.secrets.set("SUPABASE_URL", "the digest of something else");
  supabase.project.secrets.set("KINDE_DOMAIN", "cannot be compared");
  expect(statusOf(await plan(), "supabase.functionSecrets")?.status).toBe("exists");
  expect(statusOf(await plan(), "supabase.functions")?.status).toBe("exists");
});

test("a Vault entry with another URL is changed, and its secret is kept", async () => {
  const read = () =>
    withDatabase(local.databaseUrl, async (client) => {
      const text = "select name, decrypted_secret as value from vault.decrypted_secrets";
      return new Map((await client.query(text)).rows.map(({ name, value }) => [name, value]));
    });
  const before = await read();
  await withDatabase(local.databaseUrl, (client) =>
    client.query(
      "select vault.update_secret(id, 'https://old.example.com') from vault.secrets where name = 'refresh_claims_url'",
    ),
  );
  expect(statusOf(await plan(), "supabase.vault")?.status).toBe("change");
  await expectWholeSetup();
  expect(await read()).toEqual(before);
});

test("a refused query for the migrations stops Supabase's steps", async () => {
  const message =
    "Failed to run sql query: ERROR:  57014: canceling statement due to statement timeout";
  supabase.faults.add({ operation: "v1RunAQuery", status: 400, body: { message } });
  const outcomes = await apply();
  expect(failed(outcomes)).toEqual(["supabase.migrations"]);
  expect(statusOf(outcomes, "supabase.migrations")?.detail).toContain("57014");
  expect(statusOf(outcomes, "supabase.functions")?.status).toBe("blocked");
});

test("a migration that fails leaves nothing behind", async () => {
  const repository = mkdtempSync(join(tmpdir(), "repository-"));
  const migrations = join(repository, "supabase/migrations");
  cpSync("supabase/migrations", migrations, { recursive: true });
  const broken = "create table public.half_made (id int);\nselect 1 / 0;\n";
  writeFileSync(join(migrations, "20991231000000_broken.sql"), broken);
  const outcomes = await applySteps(STEPS, { ...worldOf(), repository });
  rmSync(repository, { recursive: true });
  expect(statusOf(outcomes, "supabase.migrations")?.detail).toContain("division by zero");
  const left = await withDatabase(local.databaseUrl, (client) =>
    client.query(`select to_regclass('public.half_made') as made,
      exists (select from supabase_migrations.schema_migrations where name = 'broken') as remembered`),
  );
  expect(left.rows).toEqual([{ made: null, remembered: false }]);
});
