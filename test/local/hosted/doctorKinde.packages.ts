import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KINDE_CHECKS } from "../../../local/hosted/doctor/checks/kinde/index.ts";
import { type HostedSettings, readHostedSettings } from "../../../local/hosted/settings.ts";
import { examine } from "./support/examination.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";
import { runSetup } from "./support/runHosted.ts";
import { startWebhookAddress, type WebhookAddress } from "./support/webhookAddress.ts";

let world: HostedWorld;
let address: WebhookAddress;
let settings: HostedSettings;

beforeAll(async () => {
  [world, address] = await Promise.all([startHostedWorld(), startWebhookAddress()]);
  const file = world.writeSettings({ ...world.settings, WEBHOOK_URL: address.url });
  const { code, stdout } = await runSetup(["--env-file", file, "--apply", "--yes"]);
  expect(stdout).not.toContain("✗");
  expect(code).toBe(0);
  settings = readHostedSettings(file);
});
afterAll(async () => {
  await address?.stop();
  await world?.stop();
});

const examineKinde = (changes: Partial<HostedSettings> = {}) =>
  examine(KINDE_CHECKS, { ...settings, ...changes }, { timeLimitMs: 5_000 });
const variable = (name: string) => {
  const found = world.kinde.environment.variables.find(({ key }) => key === name);
  if (found === undefined) throw new Error(`the set-up did not make ${name}`);
  return found;
};

test("finds nothing wrong after the set-up", async () => {
  const results = Object.entries(await examineKinde());
  expect(results.filter(([, { status }]) => !["ok", "unknown"].includes(status))).toEqual([]);
  expect(results.filter(([, { status }]) => status === "unknown").map(([code]) => code)).toEqual([
    "KINDE_TOKEN_LIFETIME",
  ]);
});

interface Fault {
  readonly code: string;
  readonly because: string;
  readonly seen: RegExp;
  /** Breaks one thing, and returns a function that repairs it. */
  break(): () => void;
}

/** Removes an element from a list, and returns a function that puts it back. */
function without<Item>(list: Item[], item: Item): () => void {
  const index = list.indexOf(item);
  if (index < 0) throw new Error("there is nothing to remove");
  list.splice(index, 1);
  return () => list.splice(index, 0, item);
}

/** Changes members of an object, and returns a function that changes them back. */
function changed<Thing extends object>(thing: Thing, changes: Partial<Thing>): () => void {
  const before = { ...thing };
  Object.assign(thing, changes);
  return () => Object.assign(thing, before);
}

const FAULTS: readonly Fault[] = [
  {
    code: "KINDE_DISCOVERY",
    because: "the issuer has a slash at the end",
    seen: /the issuer is http:\S+\/, and KINDE_DOMAIN is http/,
    break: () => changed(world.kinde.issuer, { name: `${world.kinde.url}/` }),
  },
  {
    code: "KINDE_DISCOVERY",
    because: "the document is not JSON",
    seen: /openid-configuration is not as documented/,
    break: () => changed(world.kinde.issuer, { discovery: "<html>" }),
  },
  {
    code: "KINDE_KEYS",
    because: "the key has no kid",
    seen: /no RSA key with a kid/,
    break: () => changed(world.kinde.issuer, { kid: undefined }),
  },
  {
    code: "KINDE_SCOPES",
    because: "the scope for refresh_claims was taken away",
    seen: /missing: update:user_refresh_claims$/,
    break: () => without(world.kinde.environment.scopes, "update:user_refresh_claims"),
  },
  {
    code: "KINDE_VARIABLE_SUPABASE_URL",
    because: "the variable is of another project",
    seen: /it is https:\/\/other\.supabase\.co, and the project is/,
    break: () => changed(variable("SUPABASE_URL"), { value: "https://other.supabase.co" }),
  },
  {
    code: "KINDE_VARIABLE_SUPABASE_URL",
    because: "the variable was deleted",
    seen: /it is missing in Kinde/,
    break: () => without(world.kinde.environment.variables, variable("SUPABASE_URL")),
  },
  {
    code: "KINDE_VARIABLE_SUPABASE_SECRET_KEY",
    because: "the key is not sensitive",
    seen: /it is not sensitive/,
    break: () => changed(variable("SUPABASE_SECRET_KEY"), { is_secret: false }),
  },
  {
    code: "KINDE_VARIABLE_SUPABASE_ROLE_CLAIM",
    because: "another role was entered",
    seen: /it is "service_role"/,
    break: () => changed(variable("SUPABASE_ROLE_CLAIM"), { value: "service_role" }),
  },
  {
    code: "KINDE_PERMISSION",
    because: "the permission was deleted",
    seen: /it does not exist/,
    break: () => {
      const { permissions } = world.kinde.environment;
      const [first] = permissions;
      if (first === undefined) throw new Error("the set-up made no permission");
      return without(permissions, first);
    },
  },
  {
    code: "KINDE_CALLBACK_URL",
    because: "the callback was removed",
    seen: /https:\/\/app\.example\.com\/callback is not allowed/,
    break: () => without(world.kinde.environment.callbackUrls, "https://app.example.com/callback"),
  },
  {
    code: "KINDE_LOGOUT_URL",
    because: "the logout URL was removed",
    seen: /https:\/\/app\.example\.com\/ is not allowed/,
    break: () => without(world.kinde.environment.logoutUrls, "https://app.example.com/"),
  },
  {
    code: "KINDE_WEBHOOK",
    because: "an event was switched off",
    seen: /does not get user\.deleted/,
    break: () => {
      const [webhook] = world.kinde.environment.webhooks;
      if (webhook === undefined) throw new Error("the set-up made no webhook");
      return changed(webhook, { event_types: ["user.created"] });
    },
  },
  {
    code: "KINDE_WEBHOOK_ENDPOINT",
    because: "the address does not exist any more",
    seen: /it answered 404/,
    break: () => changed(address.answer, { status: 404 }),
  },
  {
    code: "KINDE_WEBHOOK_ENDPOINT",
    because: "the address accepts every request",
    seen: /accepts a request without Kinde's signature \(200\)/,
    break: () => changed(address.answer, { status: 200 }),
  },
];

describe("a fault at Kinde is found", () => {
  test.each(FAULTS)("$code: $because", async ({ code, seen, break: breakIt }) => {
    const mend = breakIt();
    try {
      const results = await examineKinde();
      expect(results[code]).toMatchObject({ status: "failed", seen: expect.stringMatching(seen) });
      const others = Object.entries(results).filter(([, { status }]) => status === "failed");
      expect(others.map(([found]) => found)).toEqual([code]);
    } finally {
      mend();
    }
  });

  test("KINDE_UNREACHABLE: nothing listens, and the checks that need Kinde are skipped", async () => {
    const results = await examineKinde({ KINDE_DOMAIN: "http://127.0.0.1:9" });
    expect(results.KINDE_UNREACHABLE?.seen).toBe(
      "127.0.0.1:9 refuses the connection (ECONNREFUSED)",
    );
    expect(results.KINDE_KEYS).toMatchObject({
      status: "blocked",
      seen: "first fix KINDE_UNREACHABLE",
    });
    expect(results.KINDE_SCOPES).toMatchObject({ status: "blocked" });
    expect(results.KINDE_WEBHOOK_ENDPOINT).toMatchObject({ status: "ok" });
  });

  test("KINDE_UNREACHABLE: the name is not in DNS", async () => {
    const results = await examineKinde({ KINDE_DOMAIN: "https://kinde.invalid" });
    expect(results.KINDE_UNREACHABLE).toMatchObject({
      seen: expect.stringMatching(/^kinde\.invalid has no address in DNS/),
      cure: expect.stringContaining("Correct KINDE_DOMAIN"),
    });
  });

  test("KINDE_MACHINE_APPLICATION: the secret is wrong", async () => {
    const results = await examineKinde({ KINDE_M2M_CLIENT_SECRET: "wrong" });
    expect(results.KINDE_MACHINE_APPLICATION).toMatchObject({
      status: "failed",
      seen: expect.stringContaining("it answered 401"),
      cure: expect.stringContaining("KINDE_M2M_CLIENT_SECRET"),
    });
    expect(results.KINDE_WEBHOOK).toMatchObject({ status: "blocked" });
  });

  test("KINDE_APPLICATION: the id is unknown or belongs to the machine application", async () => {
    const unknownId = await examineKinde({ KINDE_CLIENT_ID: "unknown" });
    expect(unknownId.KINDE_APPLICATION?.seen).toContain("no application with the id");
    const machine = await examineKinde({ KINDE_CLIENT_ID: settings.KINDE_M2M_CLIENT_ID });
    expect(machine.KINDE_APPLICATION?.seen).toBe("KINDE_CLIENT_ID is a machine application");
  });

  test("KINDE_STORED_KEY: another key of the role was made since", async () => {
    const key = world.supabase.project.apiKeys.find(({ name }) => name === "kinde_workflow");
    const mend = changed(key ?? {}, { description: "another one" });
    const results = await examineKinde();
    mend();
    expect(results.KINDE_STORED_KEY).toMatchObject({
      status: "unknown",
      seen: expect.stringContaining("setup did not store it"),
    });
  });
});

describe("what Kinde does not show", () => {
  test("variables beyond the first page are unknown, not missing", async () => {
    const mendVariable = without(world.kinde.environment.variables, variable("SUPABASE_URL"));
    const mendPage = changed(world.kinde.environment, { hasMoreVariables: true });
    const results = await examineKinde();
    mendPage();
    mendVariable();
    expect(results.KINDE_VARIABLE_SUPABASE_URL).toMatchObject({ status: "unknown" });
  });
});

describe("a fault of the Management API is reported in one sentence, and the other checks continue", () => {
  test.each([
    [403, /it answered 403/, /Give the machine application the scope read:webhooks/],
    [429, /it answered 429/, /Wait a minute/],
    [500, /it answered 500/, /status\.kinde\.com/],
  ] as const)("%i", async (status, seen, cure) => {
    const headers = { "ratelimit-reset": "600" };
    world.kinde.faults.add({ operation: "getWebHooks", status, headers, times: 10 });
    const results = await examineKinde();
    world.kinde.faults.clear();
    expect(results.KINDE_WEBHOOK).toMatchObject({
      status: "failed",
      seen: expect.stringMatching(seen),
      cure: expect.stringMatching(cure),
    });
    expect(results.KINDE_WEBHOOK_ENDPOINT).toMatchObject({ status: "ok" });
  });
});
