import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useStack } from "../../supabase/support/stack.ts";
import { startTypeScript } from "../../support/programs.ts";

const stack = useStack({ seed: false });
const run = (sql: string) => stack.owner.query(sql);
const project = () => ({
  SUPABASE_URL: stack.supabase.url,
  SUPABASE_SECRET_KEY: stack.supabase.secretKey,
});
const pending = (args: string[] = [], env: NodeJS.Dict<string> = project()) =>
  startTypeScript("local/claimsPending.ts", ["--", ...args], { env }).ended;
const json = async (args: string[] = []) => {
  const { stdout, exitCode } = await pending(["--json", ...args]);
  return { exitCode, ...(JSON.parse(stdout) as Record<string, unknown>) };
};

beforeEach(() =>
  run(`delete from public.profiles; delete from pgmq.q_claim_changes;
    delete from pgmq.a_claim_changes;
    insert into public.profiles (kinde_id) values ('kp_a'), ('kp_b'), ('kp_c')`),
);

describe("a healthy queue", () => {
  test("is printed as a table, with exit code 0", async () => {
    const { stdout, stderr, exitCode } = await pending();
    expect(stdout).toMatch(/^waiting +3 +\d+ s$/m);
    expect(stdout).toMatch(/^dead +0$/m);
    expect(stdout).toContain("All is well.");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });

  test("is printed as one JSON document with --json", async () => {
    expect(await json()).toEqual({
      exitCode: 0,
      ...{ available: true, waiting: 3, hidden: 0, dead: 0 },
      oldest_seconds: expect.any(Number),
      oldest_dead_seconds: null,
      problems: [],
    });
  });

  test("can be read with the legacy key", async () => {
    const env = { ...project(), SUPABASE_SECRET_KEY: stack.supabase.serviceRoleJwt };
    expect(await pending([], env)).toMatchObject({ exitCode: 0 });
  });
});

describe("a queue with a problem", () => {
  test("ends with exit code 1 when a change waits for more than 5 minutes", async () => {
    await run("update pgmq.q_claim_changes set enqueued_at = now() - interval '301 seconds'");
    const { stdout, exitCode } = await pending();
    expect(stdout).toMatch(/^waiting +3 +5 min$/m);
    expect(stdout).toContain("Is a relay running");
    expect(exitCode).toBe(1);
  });

  test("ends with exit code 1 when a change died, and --retry-dead puts it into the queue again", async () => {
    await run(
      "select pgmq.archive('claim_changes', (select min(msg_id) from pgmq.q_claim_changes))",
    );
    expect(await json()).toMatchObject({
      exitCode: 1,
      ...{ waiting: 2, dead: 1 },
      problems: [expect.stringContaining("--retry-dead")],
    });
    expect(await json(["--retry-dead"])).toMatchObject({
      exitCode: 0,
      ...{ waiting: 3, dead: 0, retried: 1 },
    });
  });
});

describe("a project that cannot be read", () => {
  test("because its key is wrong is reported in one sentence without the key, with exit code 1", async () => {
    const env = { ...project(), SUPABASE_SECRET_KEY: "sb_secret_wrong" };
    const { stdout, stderr, exitCode } = await pending([], env);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(/^npm run claims:pending: .+ refused SUPABASE_SECRET_KEY.+\.\n$/);
    expect(stderr).not.toContain("sb_secret_wrong");
  });

  test("because it does not answer is reported with exit code 1", async () => {
    const { stderr, exitCode } = await pending([], {
      ...{ SUPABASE_URL: "http://127.0.0.1:2", SUPABASE_SECRET_KEY: "sb_secret_x" },
    });
    expect(stderr).toMatch(/the project did not answer \(ECONNREFUSED\)/);
    expect(exitCode).toBe(1);
  });

  test.each([
    ["no setting", {}, "Neither SUPABASE_URL nor SUPABASE_SECRET_KEY is set"],
    [
      "an http address",
      { SUPABASE_URL: "http://example.com", SUPABASE_SECRET_KEY: "sb_secret_x" },
      "Use https://",
    ],
    [
      "a key with a blank",
      { SUPABASE_URL: "https://ref.supabase.co", SUPABASE_SECRET_KEY: "sb_secret x" },
      "has characters that no key has",
    ],
  ])("because of %s is reported with exit code 2", async (_, env, message) => {
    const { stderr, exitCode } = await pending([], env);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("sb_secret x");
    expect(exitCode).toBe(2);
  });
});

describe("--env-file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "claims-pending-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("sets the project", async () => {
    const file = join(folder, "project.env");
    const lines = Object.entries(project()).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, lines.join(""));
    expect(await pending(["--env-file", file], {})).toMatchObject({ exitCode: 0 });
  });
});

describe("a project without pgmq", () => {
  const bare = useStack({ pgmq: false, seed: false });

  test("ends with exit code 1, and the message says what to do", async () => {
    const { stdout, exitCode } = await pending([], {
      SUPABASE_URL: bare.supabase.url,
      SUPABASE_SECRET_KEY: bare.supabase.secretKey,
    });
    expect(stdout).toContain("select private.set_up_claim_changes()");
    expect(exitCode).toBe(1);
  });
});
