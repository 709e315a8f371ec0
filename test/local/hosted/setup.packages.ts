import { chmodSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHostedSettings } from "../../../local/hosted/settings.ts";
import { runCli } from "../../../local/hosted/setup/runCli.ts";
import { scopesNeeded } from "../../../local/hosted/setup/steps/scopes.ts";
import { withDatabase } from "../../../local/supabase/index.ts";
import { markedBlock } from "../../support/markedBlock.ts";
import { processesMentioning } from "../../support/processes.ts";
import { readableFilesWith } from "../../support/readableFiles.ts";
import { endState } from "./support/endState.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";
import { answerOnTerminal, type CommandResult, runSetup } from "./support/runHosted.ts";

let world: HostedWorld;
let planned: CommandResult;
let applied: CommandResult;
let again: CommandResult;
const seenInProcesses: string[] = [];
const seenInFiles: string[] = [];

/** Every secret. */
const secretsOf = ({ supabase, kinde, local }: HostedWorld) => [
  supabase.accessToken,
  kinde.machine.clientSecret,
  new URL(local.databaseUrl).password,
  supabase.project.secrets.get("REFRESH_CLAIMS_SECRET") ?? "",
  ...supabase.project.apiKeys.flatMap(({ api_key }) => api_key ?? []),
];

beforeAll(async () => {
  world = await startHostedWorld();
  planned = await runSetup(["--env-file", world.envFile]);
  const startedAt = Date.now();
  const watch = () => {
    seenInFiles.push(...readableFilesWith(secretsOf(world).filter(Boolean), startedAt));
    seenInProcesses.push(...secretsOf(world).filter(Boolean).flatMap(processesMentioning));
    return true;
  };
  world.supabase.onRequest = watch;
  world.kinde.onRequest = watch;
  applied = await runSetup(["--env-file", world.envFile, "--apply", "--yes"]);
  world.supabase.onRequest = undefined;
  world.kinde.onRequest = undefined;
  again = await runSetup(["--env-file", world.envFile]);
});
afterAll(() => world?.stop());

describe("npm run setup", () => {
  test("prints what docs/hosted.md shows", () => {
    const page = markedBlock("docs/hosted.md", "transcript");
    const shown = (text: string) =>
      text
        .replaceAll(world.kinde.url, "https://yours.kinde.com")
        .replaceAll(world.envFile, ".env.hosted")
        .trim();
    expect(page).toContain(shown(planned.stdout));
    const [, result = ""] = applied.stdout.split(/\n\n(?=Supabase\n)/);
    expect(page).toContain(shown(result));
  });

  test("needs exactly the scopes that docs/hosted.md lists", () => {
    const list = markedBlock("docs/hosted.md", "scopes");
    const settings = readHostedSettings(
      world.writeSettings({ ...world.settings, ACCESS_TOKEN_LIFETIME: "3600" }),
    );
    expect(list.trim().split(/\s+/).toSorted()).toEqual(scopesNeeded(settings).toSorted());
  });

  test("shows what it would create, and changes nothing", () => {
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain("14 to create, 1 left out.");
    expect(planned.stdout).toMatch(/\+ create +Migrations +8 through the Management API/);
    expect(planned.stdout).toContain(`--env-file ${world.envFile} --apply`);
  });

  test("applies the plan, and reads each change again", () => {
    expect(applied.code).toBe(0);
    expect(applied.stdout).toContain("13 done, 1 left out.");
    expect(applied.stdout).toContain("Kinde > Workflows > Sync code");
  });

  test("has nothing to do afterwards", () => {
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("Nothing to do (1 left out).");
  });

  test("leaves the complete set-up behind", async () => {
    expect(await endState(world)).toMatchObject({
      vault: ["refresh_claims_secret", "refresh_claims_url"],
      jobs: [{ jobname: "forget_claim_change_sweeps" }, { jobname: "sweep_claim_changes" }],
      isKeyMarked: true,
      isKeyInKinde: true,
      isWakeUpSecretShared: true,
      thirdPartyAuth: [true],
      functions: [
        { slug: "kinde-webhook", status: "ACTIVE", verify_jwt: false },
        { slug: "refresh-claims", status: "ACTIVE", verify_jwt: false },
      ],
      variables: [
        { key: "SUPABASE_ROLE_CLAIM", is_secret: false },
        { key: "SUPABASE_SECRET_KEY", is_secret: true },
        { key: "SUPABASE_URL", is_secret: false },
      ],
      permissions: ["grant:subscriptions"],
      callbackUrls: ["https://app.example.com/callback"],
      logoutUrls: ["https://app.example.com/"],
    });
  });

  test("sends only requests that the published schemas allow", () => {
    expect(world.supabase.problems).toEqual([]);
    expect(world.kinde.problems).toEqual([]);
  });

  test("deletes nothing", () => {
    const methods = [...world.supabase.requests, ...world.kinde.requests].map(
      ({ method }) => method,
    );
    expect(methods).not.toContain("DELETE");
  });

  test("shows no secret in its output, in a process's arguments or in a file that others can read", () => {
    const output = [planned, applied, again].map(({ stdout, stderr }) => stdout + stderr).join("");
    for (const secret of secretsOf(world)) {
      expect(secret.length).toBeGreaterThan(20);
      expect(output).not.toContain(secret);
    }
    expect(seenInProcesses).toEqual([]);
    expect(seenInFiles).toEqual([]);
  });

  test("writes the history of migrations as the Supabase CLI does", async () => {
    const url = new URL(world.local.databaseUrl);
    const PGPASSWORD = url.password;
    url.password = "";
    await runCli(["db", "push", "--skip-vault", "--yes", `--remote=${url}`], {
      repository: process.cwd(),
      environment: { PGPASSWORD, PGSSLMODE: "disable" },
      signal: undefined,
    });
    const rows = await withDatabase(world.local.databaseUrl, (client) =>
      client.query("select statements from supabase_migrations.schema_migrations order by version"),
    );
    expect(rows.rows).toHaveLength(8);
    expect(rows.rows[0].statements[0]).toContain("create table if not exists public.profiles");
  });

  test("prints one JSON document with --json", async () => {
    const { stdout, code } = await runSetup(["--json", "--env-file", world.envFile]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      applied: false,
      changes: 0,
      steps: expect.arrayContaining([
        expect.objectContaining({ id: "supabase.migrations", status: "exists" }),
      ]),
    });
  });

  test("changes what differs, and keeps what others added", async () => {
    const { supabase, kinde } = world;
    supabase.project.dataApi.db_schema = "graphql_public,storage";
    supabase.project.secrets.set("KINDE_M2M_CLIENT_SECRET", "an old one");
    kinde.environment.callbackUrls.splice(0, 1, "https://other.example.com/callback");
    Object.assign(kinde.environment.webhooks[0] ?? {}, { event_types: ["user.updated"] });
    const found = kinde.environment.variables.find(({ key }) => key === "SUPABASE_URL");
    Object.assign(found ?? {}, { value: "https://wrong.example.com" });
    const { stdout, code } = await runSetup(["--env-file", world.envFile, "--apply", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("1 to create, 4 to change, 1 left out.");
    expect(supabase.project.dataApi.db_schema).toBe("graphql_public,storage,public");
    expect(supabase.project.secrets.get("KINDE_M2M_CLIENT_SECRET")).toBe(
      kinde.machine.clientSecret,
    );
    expect(kinde.environment.callbackUrls).toEqual([
      "https://other.example.com/callback",
      "https://app.example.com/callback",
    ]);
    expect(kinde.environment.webhooks).toMatchObject([
      { event_types: ["user.updated", "user.created", "user.deleted"] },
    ]);
    expect(found?.value).toBe("https://abcdefghijklmnopqrst.supabase.co");
    expect(supabase.problems).toEqual([]);
    expect(kinde.problems).toEqual([]);
  });

  test("sets the tokens' lifetime each time, since Kinde does not show it", async () => {
    const envFile = world.writeSettings({ ...world.settings, ACCESS_TOKEN_LIFETIME: "3600" });
    const first = await runSetup(["--env-file", envFile, "--apply", "--yes"]);
    expect(first.stdout).toMatch(/✓ done +Lifetime of access tokens/);
    expect(world.kinde.environment.tokens).toEqual({ access_token_lifetime: 3600 });
    expect((await runSetup(["--env-file", envFile])).stdout).toContain(
      "Nothing to do (1 to set again).",
    );
  });
});

describe("on a terminal, --apply asks first", () => {
  const answer = (text: string) => answerOnTerminal(["--env-file", world.envFile, "--apply"], text);

  test('and changes nothing unless the answer is "yes"', async () => {
    world.kinde.environment.permissions.length = 0;
    const { stdout, code } = await answer("y");
    expect(stdout).toContain(`Make these changes in ${world.supabase.ref} and ${world.kinde.url}?`);
    expect(stdout).toContain("Nothing was changed.");
    expect(code).toBe(0);
    expect(world.kinde.environment.permissions).toEqual([]);
  });

  test('and makes the changes after "yes"', async () => {
    const { stdout, code } = await answer("yes");
    expect(stdout).toMatch(/✓ done +Permission/);
    expect(code).toBe(0);
    expect(world.kinde.environment.permissions).toHaveLength(1);
  });
});

describe("any subset of the settings works", () => {
  const only = (pattern: RegExp) =>
    world.writeSettings(
      Object.fromEntries(Object.entries(world.settings).filter(([name]) => pattern.test(name))),
    );

  test("Supabase only", async () => {
    const { stdout, code } = await runSetup(["--env-file", only(/^SUPABASE_/)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/= exists +Migrations/);
    expect(stdout).toMatch(
      /- left out +Permission +needs KINDE_DOMAIN, KINDE_M2M_CLIENT_ID, KINDE_M2M_CLIENT_SECRET/,
    );
  });

  test("Kinde only", async () => {
    const { stdout, code } = await runSetup(["--env-file", only(/^(KINDE_|WEBHOOK)/)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/= exists +Permission/);
    expect(stdout).toMatch(
      /- left out +Webhook +needs SUPABASE_PROJECT_REF, since WEBHOOK_URL is function/,
    );
  });

  test("no setting at all is a usage error", async () => {
    const { stderr, code } = await runSetup(["--env-file", only(/^APP_URL/)]);
    expect(code).toBe(2);
    expect(stderr).toContain("Copy .env.hosted.example to .env.hosted");
  });
});

describe("usage", () => {
  test("--apply without a terminal needs --yes", async () => {
    const { stderr, code } = await runSetup(["--env-file", world.envFile, "--apply"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Add --yes.");
  });

  test("names every wrong setting, without its value", async () => {
    const wrong = {
      SUPABASE_PROJECT_REF: "My-Ref",
      APP_URL: "http://app.example.com",
      SUPABASE_DB_URL: "postgresql://user:hidden@host/postgres",
    };
    const { stderr, code } = await runSetup(["--env-file", world.writeSettings(wrong)]);
    expect(code).toBe(2);
    for (const name of Object.keys(wrong)) expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/My-Ref|hidden/);
  });

  test("warns of a settings file that others can read", async () => {
    const file = world.writeSettings(world.settings);
    chmodSync(file, 0o644);
    const { stderr } = await runSetup(["--env-file", file]);
    expect(stderr).toContain(`chmod 600 ${file}`);
  });

  test("--help names the options and the exit codes", async () => {
    const { stdout, code } = await runSetup(["--help"]);
    expect(code).toBe(0);
    for (const word of ["--apply", "--yes", "--json", "--env-file", "Exit codes"]) {
      expect(stdout).toContain(word);
    }
  });

  test("the example file holds every setting and no secret", () => {
    const example = readFileSync(".env.hosted.example", "utf8");
    for (const name of Object.keys(world.settings)) {
      if (name !== "SUPABASE_API_URL") expect(example).toMatch(new RegExp(`^(# )?${name}=`, "m"));
    }
    expect(example).not.toMatch(/sbp_|sb_secret_[0-9a-f]/);
  });
});
