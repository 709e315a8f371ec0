import { createKinde } from "kinde-local";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalSupabase, startSupabase } from "../../local/supabase/index.ts";
import { COLUMNS, runSafely, UNKNOWN_CLAIMS } from "./support/harness.ts";

/** The workflow on real PostgreSQL, PostgREST and the gateway's keys. */
let supabase: LocalSupabase;
let database: pg.Client;
const kinde = createKinde({ project: "." });

beforeAll(async () => {
  supabase = await startSupabase();
  database = await connect();
});
afterAll(async () => {
  await database?.end();
  await kinde.close();
  await supabase?.stop();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: supabase.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

function runFor(user: string, key = supabase.workflowKey, others: Record<string, string> = {}) {
  const env = { SUPABASE_URL: supabase.url, SUPABASE_SECRET_KEY: key, ...others };
  return runSafely(kinde, { user, env });
}

async function seeded(where: string): Promise<string> {
  const { rows } = await database.query(
    `select kinde_id from public.profiles where ${where} limit 1`,
  );
  return rows[0].kinde_id;
}

describe("the seeded users", () => {
  test.each([
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ])("subscribed %j, complete %j", async (lifetime_subscriber, profile_complete) => {
    const user = await seeded(
      `lifetime_subscriber = ${lifetime_subscriber} and profile_complete = ${profile_complete}`,
    );
    const { outcome, claims } = await runFor(user);
    expect(outcome).toBe("found");
    expect(claims).toMatchObject({ lifetime_subscriber, profile_complete });
  });

  test("a form that contains only blanks is not complete", async () => {
    const { claims } = await runFor(await seeded("full_name ~ '^\\s+$'"));
    expect(claims.profile_complete).toBe(false);
  });

  test("the outcome for a user without a row is missing, not a failure", async () => {
    const { outcome, claims } = await runFor("kp_00000000000000000000000000000000");
    expect(outcome).toBe("missing");
    expect(claims).toEqual(UNKNOWN_CLAIMS);
  });
});

describe("every kind of key", () => {
  test.each([
    ["a secret key of the role kinde_workflow", () => supabase.workflowKey, {}],
    ["a plain secret key", () => supabase.secretKey, {}],
    ["the older service_role JWT", () => supabase.serviceRoleJwt, {}],
  ])("%s", async (_, key, others) => {
    expect((await runFor(await seeded("true"), key(), others)).outcome).toBe("found");
  });

  test("a JWT that the test signed, beside the publishable key", async () => {
    const jwt = await supabase.mintJwt({ role: "kinde_workflow" });
    const others = { SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey };
    expect((await runFor(await seeded("true"), jwt, others)).outcome).toBe("found");
  });
});

describe("ids with special characters get the user's own row or no row, never another user's row", () => {
  const ids = [
    "kp_a+b",
    "kp_a;b",
    "kp_a&b",
    'kp_"a"',
    "kp_a,b",
    "kp_(a)",
    "kp_é",
    "kp_a%00b",
    "kp_a*",
  ];
  /** The ids of other rows, which a careless query would find instead. */
  const decoys = ["kp_a", "kp_a b", "a", '"a"', "kp_", "kp_e", "kp_a%", "kp_ab"];

  beforeAll(() => insertSubscribers(decoys));

  test.each(ids)("%s has no row yet", async (user) => {
    const { claims, outcome } = await runFor(user);
    expect(outcome).toBe("missing");
    expect(claims).toEqual(UNKNOWN_CLAIMS);
  });

  test.each(ids)("%s has a row", async (user) => {
    await insertSubscribers([user]);
    const { claims, outcome } = await runFor(user);
    expect(outcome).toBe("found");
    expect(claims.lifetime_subscriber).toBe(true);
  });

  test.each(["kp_a\u0000", "kp_a\u0000b", "kp_a\ud800"])(
    "%j never finds the row of kp_a",
    async (id) => {
      const env = { SUPABASE_URL: supabase.url, SUPABASE_SECRET_KEY: supabase.workflowKey };
      const { claims, outcome } = await runSafely(kinde, {
        event: { context: { user: { id } } },
        env,
      });
      expect(outcome).not.toBe("found");
      expect(claims).toEqual(UNKNOWN_CLAIMS);
    },
  );

  async function insertSubscribers(users: string[]) {
    // Some of these ids break the constraint on ids, so it is dropped.
    await database.query(
      "alter table public.profiles drop constraint if exists profiles_kinde_id_check",
    );
    await database.query(
      `insert into public.profiles (kinde_id, lifetime_subscriber)
       select id, true from unnest($1::text[]) as id on conflict do nothing`,
      [users],
    );
  }
});

describe("when something is broken, the token is issued, both claims are false, and the code names the cause", () => {
  /** Breaks the stack, checks a subscriber's run, repairs the stack, and waits for a good run. */
  async function whileBroken(broken: () => Promise<unknown>, mended: () => Promise<unknown>) {
    const user = await seeded("lifetime_subscriber and profile_complete");
    await broken();
    try {
      const { code, claims, line } = await runFor(user);
      expect(claims).toEqual(UNKNOWN_CLAIMS);
      return { code, line };
    } finally {
      await mended();
      await expect
        .poll(async () => (await runFor(user)).outcome, { timeout: 20_000 })
        .toBe("found");
    }
  }

  /** Runs the statements, then makes PostgREST reload the schema. */
  const sql =
    (...statements: string[]) =>
    async () => {
      for (const statement of [...statements, "notify pgrst, 'reload schema'"]) {
        await database.query(statement);
      }
    };

  test("PostgREST is stopped: UNAVAILABLE", async () => {
    const { postgrest } = supabase;
    const seen = await whileBroken(
      () => postgrest.stop(),
      () => postgrest.start(),
    );
    expect(seen.code).toBe("UNAVAILABLE");
  });

  test("the database is stopped: UNAVAILABLE", async () => {
    const seen = await whileBroken(
      () => supabase.database.stop(),
      async () => {
        await supabase.database.start();
        database = await connect();
      },
    );
    expect(seen.code).toBe("UNAVAILABLE");
  });

  test("the table is renamed: SCHEMA_MISMATCH", async () => {
    const seen = await whileBroken(
      sql("alter table public.profiles rename to people"),
      sql("alter table public.people rename to profiles"),
    );
    expect(seen.code).toBe("SCHEMA_MISMATCH");
  });

  test("the grant is revoked: FORBIDDEN", async () => {
    const seen = await whileBroken(
      sql("revoke all on public.profiles from kinde_workflow"),
      sql(`grant select (${COLUMNS.join(", ")}) on public.profiles to kinde_workflow`),
    );
    expect(seen.code).toBe("FORBIDDEN");
  });

  test("the statement is slower than its limit: TIMEOUT", async () => {
    const blocker = await connect();
    const seen = await whileBroken(
      () => blocker.query("begin; lock table public.profiles in access exclusive mode"),
      () => blocker.query("rollback").then(() => blocker.end()),
    );
    expect(seen.code).toBe("TIMEOUT");
  });

  test("the key's role is not in the database: SCHEMA_MISMATCH", async () => {
    const jwt = await supabase.mintJwt({ role: "nobody_here" });
    const others = { SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey };
    const { code, line } = await runFor(await seeded("true"), jwt, others);
    expect(code).toBe("SCHEMA_MISMATCH");
    expect(line).toContain("the key's role");
  });

  test.each([
    ["wrong", async () => "sb_secret_of-nobody"],
    [
      "a JWT that has expired",
      () => supabase.mintJwt({ role: "kinde_workflow" }, { expiresInSeconds: -60 }),
    ],
    ["a JWT of another project", async () => supabase.serviceRoleJwt.replace(/.{8}$/, "AAAAAAAA")],
  ])("the key is %s: UNAUTHORIZED", async (_, key) => {
    const user = await seeded("lifetime_subscriber and profile_complete");
    const others = { SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey };
    const { code, claims } = await runFor(user, await key(), others);
    expect(code).toBe("UNAUTHORIZED");
    expect(claims).toEqual(UNKNOWN_CLAIMS);
  });
});
