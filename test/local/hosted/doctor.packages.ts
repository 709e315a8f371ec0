import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { withDatabase } from "../../../local/supabase/index.ts";
import { markedBlock } from "../../support/markedBlock.ts";
import { processesMentioning } from "../../support/processes.ts";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { type CommandResult, runDoctor, runSetup } from "./support/runHosted.ts";

let world: DoctorWorld;
const outputs: string[] = [];

beforeAll(async () => {
  world = await startDoctorWorld();
  // Waits for a run of the cron job. Before it, the doctor warns that no run is recorded.
  await vi.waitFor(
    () =>
      withDatabase(world.local.superuserUrl, async (client) => {
        const runs = "select from cron.job_run_details where status = 'succeeded'";
        expect((await client.query(runs)).rowCount).toBeGreaterThan(0);
      }),
    { timeout: 60_000, interval: 500 },
  );
});
afterAll(() => world?.stop());

/** Runs the command with the settings, and keeps what it printed. */
async function doctor(
  args: readonly string[] = [],
  envFile = world.envFile,
): Promise<CommandResult> {
  const result = await runDoctor(["--env-file", envFile, ...args]);
  outputs.push(result.stdout, result.stderr);
  return result;
}

/** The codes of the checks with this status. */
function codesWith(status: string, { stdout }: CommandResult): string[] {
  const { checks } = JSON.parse(stdout) as { checks: { code: string; status: string }[] };
  return checks.filter((check) => check.status === status).map(({ code }) => code);
}

const sql = (text: string) => withDatabase(world.local.databaseUrl, (client) => client.query(text));

describe("after the set-up", () => {
  test("the set-up has nothing to do, and the doctor finds nothing wrong", async () => {
    const planned = await runSetup(["--env-file", world.envFile]);
    expect(planned.stdout).toContain("Nothing to do");
    const { code, stdout } = await doctor();
    expect(stdout).not.toContain("✗");
    expect(code).toBe(0);
  });

  test("prints the report of docs/doctor.md, apart from addresses and figures", async () => {
    const comparable = (text: string) =>
      text
        .replaceAll(/127\.0\.0\.1:\d+ answers, without TLS on this machine/g, "HOST")
        .replaceAll(/\S+ answers, its certificate is valid for \d+ days/g, "HOST")
        .replaceAll(world.local.url, "https://abcdefghijklmnopqrst.supabase.co")
        .replaceAll(world.kinde.url, "https://yours.kinde.com")
        .split("\n")
        .filter((line) => !/WORKFLOW_PUSHED|not checked/.test(line))
        .map((line) => line.replaceAll(/\d+/g, "N").trim())
        .join("\n")
        .trim();
    const shown = markedBlock("docs/doctor.md", "report").split("\n").slice(1).join("\n");
    expect(comparable((await doctor()).stdout)).toBe(comparable(shown));
  });

  test("--json prints one document", async () => {
    const result = await doctor(["--json"]);
    expect(JSON.parse(result.stdout)).toMatchObject({ ok: true });
    expect(codesWith("failed", result)).toEqual([]);
  });
});

/** Ten faults that happen in practice, each with its repair. */
const FAULTS: readonly {
  readonly code: string;
  readonly what: string;
  readonly break: () => unknown;
  readonly mend: () => unknown;
}[] = [
  {
    code: "SUPABASE_PAUSED",
    what: "the project was paused",
    break: () => Object.assign(world.supabase.project, { status: "INACTIVE" }),
    mend: () => Object.assign(world.supabase.project, { status: "ACTIVE_HEALTHY" }),
  },
  {
    code: "SUPABASE_EXPOSED_SCHEMAS",
    what: "the schema public is not exposed any more",
    break: () => Object.assign(world.supabase.project.dataApi, { db_schema: "graphql_public" }),
    mend: () =>
      Object.assign(world.supabase.project.dataApi, { db_schema: "public,graphql_public" }),
  },
  {
    code: "SUPABASE_RLS",
    what: "row-level security was switched off",
    break: () => sql("alter table public.profiles disable row level security"),
    mend: () => sql("alter table public.profiles enable row level security"),
  },
  {
    code: "SUPABASE_KEY_RIGHTS",
    what: "the workflow's role may read the names",
    break: () => sql("grant select (full_name) on public.profiles to kinde_workflow"),
    // Meanwhile the sweep of the queue may have treated full_name as the column of a claim.
    mend: () =>
      sql(
        "revoke select (full_name) on public.profiles from kinde_workflow; select private.follow_claim_columns()",
      ),
  },
  {
    code: "SUPABASE_UNIQUE_KEY",
    what: "the unique key was dropped",
    break: () => sql("alter table public.profiles drop constraint profiles_kinde_id_key"),
    mend: () =>
      sql("alter table public.profiles add constraint profiles_kinde_id_key unique (kinde_id)"),
  },
  {
    code: "SUPABASE_REFRESH_CLAIMS_SECRET",
    what: "the secret in the Vault was changed",
    break: () =>
      sql(
        "select vault.update_secret(id, 'another-secret-that-is-long-enough-for-the-function') from vault.secrets where name = 'refresh_claims_secret'",
      ),
    mend: () =>
      sql(
        `select vault.update_secret(id, '${world.supabase.project.secrets.get("REFRESH_CLAIMS_SECRET")}') from vault.secrets where name = 'refresh_claims_secret'`,
      ),
  },
  {
    code: "SUPABASE_THIRD_PARTY_KEYS",
    what: "Kinde rotated its key",
    break: () => Object.assign(world.kinde.issuer, { kid: "rotated" }),
    mend: () => Object.assign(world.kinde.issuer, { kid: "fake" }),
  },
  {
    code: "KINDE_VARIABLE_SUPABASE_SECRET_KEY",
    what: "the key is not sensitive",
    break: () => Object.assign(variable("SUPABASE_SECRET_KEY"), { is_secret: false }),
    mend: () => Object.assign(variable("SUPABASE_SECRET_KEY"), { is_secret: true }),
  },
  {
    code: "KINDE_SCOPES",
    what: "the machine application lost a scope",
    break: () => world.kinde.environment.scopes.splice(0, 99, ...scopesWithoutRefresh()),
    mend: () => world.kinde.environment.scopes.push("update:user_refresh_claims"),
  },
  {
    code: "KINDE_WEBHOOK",
    what: "an event was switched off",
    break: () =>
      Object.assign(world.kinde.environment.webhooks[0] ?? {}, { event_types: ["user.created"] }),
    mend: () =>
      Object.assign(world.kinde.environment.webhooks[0] ?? {}, {
        event_types: ["user.created", "user.deleted"],
      }),
  },
];

function variable(name: string): object {
  return world.kinde.environment.variables.find(({ key }) => key === name) ?? {};
}

function scopesWithoutRefresh(): string[] {
  return world.kinde.environment.scopes.filter((scope) => scope !== "update:user_refresh_claims");
}

describe("the doctor reports each of ten faults under its code", () => {
  test.each(FAULTS)("$code: $what", async ({ code, break: breakIt, mend }) => {
    await breakIt();
    const result = await doctor(["--json"]);
    await mend();
    expect(codesWith("failed", result)).toContain(code);
    expect(result.code).toBe(1);
  });

  test("after the repair of all ten, the doctor finds nothing wrong", async () => {
    expect(codesWith("failed", await doctor(["--json"]))).toEqual([]);
  });
});

describe("--fix", () => {
  test("runs the set-up, checks again, and succeeds", async () => {
    world.kinde.environment.callbackUrls.length = 0;
    const { code, stdout } = await doctor(["--fix", "--yes"]);
    expect(stdout).toContain("KINDE_CALLBACK_URL  Allowed callback URL\n  Seen:");
    expect(stdout).toContain("Handing over to npm run setup.");
    expect(stdout.split("Checking again.")[1]).not.toContain("✗");
    expect(code).toBe(0);
  });

  test.each([
    [["--fix"], "needs a terminal. Add --yes."],
    [["--fix", "--yes", "--json"], "cannot be used together with --json"],
    [["--token", "a", "--log", "b"], "Only one of --fix, --token and --log"],
  ])("%j is refused before anything is checked", async (args, problem) => {
    const { code, stdout, stderr } = await doctor(args);
    expect(stderr).toContain(problem);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("with a part of the settings, the report names the checks that were left out", () => {
  const only = (...names: string[]) =>
    world.writeSettings(
      Object.fromEntries(Object.entries(world.settings).filter(([name]) => names.includes(name))),
    );

  test.each([
    ["Kinde's domain alone", ["KINDE_DOMAIN"], "KINDE_KEYS", "SUPABASE_ACCESS"],
    [
      "Supabase alone",
      ["SUPABASE_ACCESS_TOKEN", "SUPABASE_PROJECT_REF", "SUPABASE_API_URL", "SUPABASE_URL"],
      "SUPABASE_RLS",
      "KINDE_KEYS",
    ],
    [
      "Kinde's machine application alone",
      ["KINDE_DOMAIN", "KINDE_M2M_CLIENT_ID", "KINDE_M2M_CLIENT_SECRET"],
      "KINDE_SCOPES",
      "SUPABASE_ACCESS",
    ],
    ["no settings", [], "WORKFLOW_CHECK", "KINDE_KEYS"],
  ])("%s", async (_, names, checked, leftOut) => {
    const result = await doctor(["--json"], only(...names));
    expect(codesWith("ok", result)).toContain(checked);
    expect(codesWith("leftOut", result)).toContain(leftOut);
    expect(codesWith("failed", result)).toEqual([]);
    const { checks } = JSON.parse(result.stdout) as { checks: { code: string; seen: string }[] };
    expect(checks.find(({ code }) => code === leftOut)?.seen).toMatch(/^needs [A-Z]/);
  });
});

test("a vendor that does not answer does not stop the checks of the other", async () => {
  world.supabase.faults.add({ status: 503, body: { message: "away" } });
  const result = await doctor(["--json"]);
  world.supabase.faults.clear();
  expect(codesWith("failed", result)).toContain("SUPABASE_ACCESS");
  expect(codesWith("ok", result)).toContain("KINDE_WEBHOOK");
});

test("--token reads the row from a real database, and --log reads a file", async () => {
  const user = "kp_00112233445566778899aabbccddeeff";
  await sql(`insert into public.profiles (kinde_id, lifetime_subscriber) values ('${user}', true)`);
  const token = await world.kinde.sign({
    ...{ sub: user, azp: world.kinde.clientId, aud: [], scp: ["openid"] },
    ...{ lifetime_subscriber: true, profile_complete: false },
  });
  const file = world.writeSettings({ access_token: token });
  const fresh = await doctor(["--token", token]);
  expect(fresh.stdout).toContain("✓ TOKEN_FRESH");
  expect(fresh.code).toBe(0);
  await sql("update public.profiles set lifetime_subscriber = false");
  const stale = await doctor(["--json", "--token", token]);
  expect(JSON.parse(stale.stdout)).toMatchObject({ ok: false, code: "TOKEN_STALE" });
  expect(stale.code).toBe(1);
  const log = await doctor(["--log", file]);
  expect(log.stdout).toContain("No line of the workflow");
  expect(log.code).toBe(1);
});

test("shows no secret in its output or in a process's arguments", async () => {
  const secrets = [
    world.supabase.accessToken,
    world.kinde.machine.clientSecret,
    new URL(world.local.databaseUrl).password,
    world.local.workflowKey,
    world.local.secretKey,
    world.supabase.project.secrets.get("REFRESH_CLAIMS_SECRET") ?? "",
  ];
  const seen: string[] = [];
  const watch = () => {
    seen.push(...secrets.flatMap(processesMentioning));
    return true;
  };
  world.supabase.onRequest = watch;
  world.kinde.onRequest = watch;
  await doctor();
  world.supabase.onRequest = undefined;
  world.kinde.onRequest = undefined;
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(outputs.join("\n")).not.toContain(secret);
  }
  expect(seen).toEqual([]);
});

test("sends only requests that read, apart from SQL, which the tests of the checks cover", async () => {
  const before = [world.supabase.requests.length, world.kinde.requests.length] as const;
  await doctor();
  const sent = [
    ...world.supabase.requests.slice(before[0]),
    ...world.kinde.requests.slice(before[1]),
  ];
  const others = sent.filter(({ method }) => method !== "GET").map(({ path }) => path);
  const allowed = /\/database\/query(\/read-only)?$|^\/oauth2\/token$/;
  expect(sent.length).toBeGreaterThan(20);
  expect(others.filter((path) => !allowed.test(path))).toEqual([]);
});

test("sends only requests that the published schemas allow", () => {
  expect(world.supabase.problems).toEqual([]);
  expect(world.kinde.problems).toEqual([]);
});
