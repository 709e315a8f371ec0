import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSchema } from "./support/schema.ts";
import { useStack } from "./support/stack.ts";

const SUPABASE = fileURLToPath(new URL("../../supabase", import.meta.url));
const UPGRADE = join(SUPABASE, "upgrade");
const MIGRATIONS = join(SUPABASE, "migrations");

const ROWS = 100_000;

/** The tutorial's table, filled with the kinds of rows that it collects in a year. */
const tutorialTable = (rows: number) => `
  create table profiles (
    id bigint primary key generated always as identity,
    kinde_id text,
    lifetime_subscriber boolean default false
  );
  alter table profiles add column note text;
  -- Seven users for ten rows. lifetime_subscriber is null in a third of the rows, and true in a
  -- second third. Every hundredth row has an invalid id, and every third of these ids is null.
  insert into profiles (kinde_id, lifetime_subscriber, note)
  select
    case when n % 300 = 0 then null when n % 100 = 0 then ' test user ' || n else 'kp_' || md5((n % (${rows} * 7 / 10))::text) end,
    case n % 3 when 0 then null when 1 then false else true end,
    'row ' || n
  from generate_series(1, ${rows}) as n;
  create policy "Enable everything for everybody" on profiles for all to public using (true);`;

const apply = async (client: Client, folder: string) => {
  for (const file of readdirSync(folder).sort()) {
    await client.query(`begin; ${readFileSync(join(folder, file), "utf8")}; commit`);
  }
};

describe("a project that followed the tutorial", () => {
  const tutorial = useStack({ migrate: false, defaultPrivileges: "legacy" });
  const fresh = useStack({ seed: false, defaultPrivileges: "legacy" });
  const rowsOf = async (sql: string) => (await tutorial.owner.query(sql)).rows;
  /** The number of rows that only one of two queries returns. */
  const difference = async (one: string, other: string) => {
    const [row] = await rowsOf(
      `select count(*)::int as count from
         ((${one} except all ${other}) union all (${other} except all ${one})) as different`,
    );
    return row?.count;
  };

  beforeAll(async () => {
    await tutorial.owner.query(tutorialTable(ROWS));
    await tutorial.owner.query("create schema aside; create table aside.before as table profiles");
    await apply(tutorial.owner, UPGRADE);
    await apply(tutorial.owner, MIGRATIONS);
  });

  test("keeps every row unchanged in private.tutorial_profiles", async () => {
    expect(await rowsOf("select count(*)::int as count from aside.before")).toEqual([
      { count: ROWS },
    ]);
    const kept = "select * from private.tutorial_profiles";
    expect(await difference("select * from aside.before", kept)).toBe(0);
  });

  test("has one row for each user: the oldest, with the added columns, subscribed if any of the user's rows was", async () => {
    const expected = `
      select distinct on (kinde_id) kinde_id, id, note,
        bool_or(coalesce(lifetime_subscriber, false)) over (partition by kinde_id)
      from aside.before where kinde_id !~ '\\s' order by kinde_id, id`;
    const actual = "select kinde_id, id, note, lifetime_subscriber from public.profiles";
    expect(await difference(`(${expected})`, actual)).toBe(0);
    const [counts] = await rowsOf(
      "select count(*)::int as rows, count(*) filter (where lifetime_subscriber)::int as subscribed from public.profiles",
    );
    // Makes the comparison meaningful: the table has many users, and only some are subscribed.
    expect(counts.rows).toBeGreaterThan(0.6 * ROWS);
    expect(counts.subscribed).toBeGreaterThan(0.2 * ROWS);
    expect(counts.subscribed).toBeLessThan(0.6 * ROWS);
  });

  test("has the schema of a new project and the column that was added", async () => {
    const schema = await readSchema(tutorial.owner);
    const added = /\bnote\b|tutorial_(profiles|upgrade)/;
    expect(schema.filter(({ definition }) => !added.test(definition))).toEqual(
      await readSchema(fresh.owner),
    );
  });

  test("has no leftover policy, and refuses requests with only the public key", async () => {
    const policies = await rowsOf(
      "select policyname from pg_policies where tablename = 'profiles'",
    );
    expect(policies).toHaveLength(5);
    const { url, publishableKey } = tutorial.supabase;
    const response = await fetch(`${url}/rest/v1/profiles?select=kinde_id`, {
      headers: { apikey: publishableKey },
    });
    expect(response.status).toBe(401);
  });

  test("does not change when the upgrade runs again", async () => {
    const schemaBefore = await readSchema(tutorial.owner);
    await tutorial.owner.query("create table aside.after as table public.profiles");
    await apply(tutorial.owner, UPGRADE);
    const rows = "select * from public.profiles";
    expect(await difference("select * from aside.after", rows)).toBe(0);
    expect(await readSchema(tutorial.owner)).toEqual(schemaBefore);
  });

  test("continues the ids of the tutorial's table", async () => {
    const [row] = await rowsOf(
      "insert into public.profiles (kinde_id) values ('kp_next') returning id > 100000 as later",
    );
    expect(row).toEqual({ later: true });
  });
});

describe("the documented way", () => {
  let project: string;
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "upgrade-"));
    cpSync(join(SUPABASE, "config.toml"), join(project, "supabase/config.toml"));
    cpSync(MIGRATIONS, join(project, "supabase/migrations"), { recursive: true });
  });
  afterAll(() => rmSync(project, { recursive: true }));

  // A getter, because the folder exists only when the stack starts.
  const stack = useStack({
    get project() {
      return project;
    },
    migrate: false,
  });
  const push = () => stack.supabase.cli(["db", "push", "--skip-vault", "--yes"]);

  test("is required: without it the push fails with one sentence and keeps the tutorial's table unchanged", async () => {
    await stack.owner.query(tutorialTable(1000));
    const { code, stdout, stderr } = await push();
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("There is another table public.profiles already");
    const { rows } = await stack.owner.query(
      "select count(*)::int as count, to_regnamespace('private') as private from public.profiles",
    );
    expect(rows).toEqual([{ count: 1000, private: null }]);
  });

  test("names an obstacle, and changes neither the table nor the history", async () => {
    cpSync(UPGRADE, join(project, "supabase/migrations"), { recursive: true });
    await stack.owner.query("create view public.subscribers as select id from public.profiles");
    const before = await readSchema(stack.owner);
    const { code, stdout, stderr } = await push();
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(
      "public.profiles was not upgraded, and nothing was changed: the rule _RETURN on view subscribers depends on it.",
    );
    expect(await readSchema(stack.owner)).toEqual(before);
    const history = "select from supabase_migrations.schema_migrations";
    expect((await stack.owner.query(history)).rows).toEqual([]);
    await stack.owner.query("drop view public.subscribers");
  });

  test("is to copy the file and push; a second push does nothing", async () => {
    cpSync(UPGRADE, join(project, "supabase/migrations"), { recursive: true });
    expect(await push()).toMatchObject({ code: 0 });
    const { rows } = await stack.owner.query(
      "select from public.profiles where not profile_complete",
    );
    expect(rows.length).toBeGreaterThan(600);
    const again = await push();
    expect(again.code).toBe(0);
    expect(again.stdout + again.stderr).toContain("up to date");
  });
});

describe("a new project", () => {
  const stack = useStack({ migrate: false });

  test("is not changed by the upgrade file", async () => {
    const before = await readSchema(stack.owner);
    await apply(stack.owner, UPGRADE);
    expect(await readSchema(stack.owner)).toEqual(before);
  });

  test("with a table of that name from elsewhere gets an error, and keeps the table", async () => {
    await stack.owner.query("create table public.profiles (id uuid primary key, full_name text)");
    const before = await readSchema(stack.owner);
    await expect(apply(stack.owner, MIGRATIONS)).rejects.toThrow("another table public.profiles");
    await stack.owner.query("rollback");
    expect(await readSchema(stack.owner)).toEqual(before);
    await stack.owner.query("drop table public.profiles");
  });

  test("can be created again while the role, which belongs to the server, still exists", async () => {
    await apply(stack.owner, MIGRATIONS);
    const first = await readSchema(stack.owner);
    await stack.owner.query("drop table public.profiles; drop schema private cascade");
    for (const verb of ["begin", "finish", "abandon"]) {
      await stack.owner.query(`drop function public.${verb}_webhook_delivery`);
    }
    for (const verb of ["mark", "is"]) {
      await stack.owner.query(`drop function public.${verb}_user_deleted`);
    }
    for (const verb of ["take", "wait_for", "settle", "pending", "retry_dead"]) {
      await stack.owner.query(`drop function public.${verb}_claim_changes`);
    }
    await apply(stack.owner, MIGRATIONS);
    expect(await readSchema(stack.owner)).toEqual(first);
  });
});
