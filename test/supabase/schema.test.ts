import { describe, expect, test } from "vitest";
import { useStack } from "./support/stack.ts";

const stack = useStack();

const rowsOf = async (sql: string, values: unknown[] = []) =>
  (await stack.owner.query(sql, values)).rows;

test("the seed has one user for each kind of answer, and can be applied twice", async () => {
  const { readFileSync } = await import("node:fs");
  const seed = readFileSync(new URL("../../supabase/seed.sql", import.meta.url), "utf8");
  await stack.owner.query(seed);
  const rows = await rowsOf(
    "select lifetime_subscriber, profile_complete from public.profiles order by id",
  );
  expect(rows.map((row) => [row.lifetime_subscriber, row.profile_complete])).toEqual([
    [true, true],
    [false, true],
    [true, false],
    [false, false],
    [false, false],
  ]);
});

describe("profile_complete", () => {
  const isComplete = async (fullName: string | null, company: string | null) => {
    await stack.owner.query("delete from public.profiles where kinde_id = 'kp_form'");
    const [row] = await rowsOf(
      "insert into public.profiles (kinde_id, full_name, company) values ('kp_form', $1, $2) returning profile_complete",
      [fullName, company],
    );
    return row.profile_complete;
  };

  test("is true when every column of the form contains text", async () => {
    expect(await isComplete("Ada", "AE")).toBe(true);
    expect(await isComplete(" 李 ", ".")).toBe(true);
    expect(await isComplete("0", "false")).toBe(true);
  });

  // Blanks of each kind in Unicode that a form accepts, including invisible ones.
  const blankTexts = [
    null,
    "",
    " ",
    "\t\n\r\f\v",
    "\u0085",
    "\u00a0",
    "\u2003",
    "\u200b\u200d",
    "\u2028",
    "\u202f",
    "\u205f",
    "\u2060",
    "\u3000",
    "\ufeff",
    "\u0001",
    "\u009f",
    "\u00ad",
    "\u061c",
    "\u115f",
    "\u206a",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\ufff9",
    "\ufff0",
    "\u{1bca0}",
    "\u{1d173}",
    "\u{e0001}",
    "\u{e0fff}",
  ];
  test.each(blankTexts)("is false when a column contains %j", async (blank) => {
    expect(await isComplete(blank, "AE")).toBe(false);
    expect(await isComplete("Ada", blank)).toBe(false);
  });

  test("follows the form when it is saved again", async () => {
    await isComplete("Ada", null);
    const save =
      "update public.profiles set company = $1 where kinde_id = 'kp_form' returning profile_complete";
    expect((await rowsOf(save, ["AE"]))[0].profile_complete).toBe(true);
    expect((await rowsOf(save, [" "]))[0].profile_complete).toBe(false);
  });
});

describe("kinde_id", () => {
  const insert = (id: unknown) =>
    stack.owner.query("insert into public.profiles (kinde_id) values ($1)", [id]);

  test.each([
    "kp_0123456789abcdef0123456789abcdef",
    "kp:0123456789abcdef0123456789abcdef",
    "kp_a+b",
    'kp_"(é),;&',
    "x".repeat(128),
    "é".repeat(128),
  ])("may be %j", async (id) => {
    await expect(insert(id)).resolves.toBeDefined();
  });

  test.each([
    "",
    " ",
    "kp_ a",
    "kp_a ",
    "kp_\n",
    "kp_\u0001",
    "kp_\u007f",
    "kp_\u00a0",
    "kp_\u200b",
    "kp_\ufff0",
    "kp_\u{e0fff}",
    "x".repeat(129),
  ])("may not be %j", async (id) => {
    await expect(insert(id)).rejects.toMatchObject({ constraint: "profiles_kinde_id_check" });
  });

  test("is required and unique", async () => {
    await expect(insert(null)).rejects.toMatchObject({ code: "23502" });
    await insert("kp_once");
    await expect(insert("kp_once")).rejects.toMatchObject({ constraint: "profiles_kinde_id_key" });
  });
});

test("updated_at is the time of the last write, even if the writer sets another", async () => {
  await stack.owner.query("insert into public.profiles (kinde_id) values ('kp_time')");
  const [row] = await rowsOf(
    "update public.profiles set updated_at = '2000-01-01', full_name = 'A' where kinde_id = 'kp_time' returning updated_at > created_at as later, updated_at > now() - interval '1 minute' as recent",
  );
  expect(row).toEqual({ later: true, recent: true });
});

test("updated_at is the time of the transaction, as created_at is", async () => {
  const { owner } = stack;
  await owner.query("begin");
  await owner.query("select pg_sleep(0.01)");
  const { rows } = await owner
    .query(
      "insert into public.profiles (kinde_id) values ('kp_now') on conflict (kinde_id) do nothing; update public.profiles set full_name = 'A' where kinde_id = 'kp_now' returning updated_at = now() as now, updated_at = created_at as equal",
    )
    .then((results) => (results as unknown as (typeof results)[])[1] ?? results);
  await owner.query("rollback");
  expect(rows).toEqual([{ now: true, equal: true }]);
});

test("the back office may import a row with its original times", async () => {
  const [row] = await rowsOf(
    "insert into public.profiles (kinde_id, updated_at) values ('kp_old', '2001-01-01z') returning updated_at < '2002-01-01' as kept",
  );
  expect(row).toEqual({ kept: true });
});

test("every table, column and function of ours has a comment, and every constraint has a conventional name", async () => {
  const tables =
    "'public.profiles'::regclass, 'private.webhook_deliveries'::regclass, 'private.deleted_users'::regclass";
  const undescribed = await rowsOf(`
    select 'column ' || a.attname as what from pg_attribute a
      where a.attrelid in (${tables})
        and a.attnum > 0 and not a.attisdropped
        and col_description(a.attrelid, a.attnum) is null
    union all
    select 'table ' || t.oid::regclass from pg_class t
      where t.oid in (${tables})
        and obj_description(t.oid) is null
    union all
    select 'function ' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where (n.nspname = 'private' or p.proname ~ '_(webhook_delivery|user_deleted|claim_changes)$') and obj_description(p.oid) is null
    union all
    select 'constraint ' || c.conname from pg_constraint c
      where c.conrelid in (${tables})
        and c.conname !~ '^(profiles|webhook_deliveries|deleted_users)_(pkey|[a-z_]+_(key|check))$'`);
  expect(undescribed).toEqual([]);
});

test("helper functions have an empty search path and are closed to the public", async () => {
  const functions = await rowsOf(`
    select p.proname, p.proconfig, has_function_privilege('anon', p.oid, 'execute') as anon
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'private' order by 1`);
  expect(functions).toEqual([
    { proname: "are_claim_columns", proconfig: ['search_path=""'], anon: false },
    { proname: "blank_characters", proconfig: ['search_path=""'], anon: false },
    { proname: "claim_columns", proconfig: ['search_path=""'], anon: false },
    { proname: "claim_comparison", proconfig: ['search_path=""'], anon: false },
    { proname: "follow_claim_columns", proconfig: ['search_path=""'], anon: false },
    { proname: "has_claim_queue", proconfig: ['search_path=""'], anon: false },
    { proname: "has_text", proconfig: ['search_path=""'], anon: false },
    { proname: "is_blank", proconfig: ['search_path=""'], anon: false },
    {
      proname: "queue_updated_claims",
      proconfig: ['search_path=""', "enable_nestloop=off"],
      anon: false,
    },
    { proname: "queue_updated_claims_body", proconfig: ['search_path=""'], anon: false },
    { proname: "queue_whole_rows", proconfig: ['search_path=""'], anon: false },
    { proname: "send_claim_changes", proconfig: ['search_path=""'], anon: false },
    { proname: "set_up_claim_changes", proconfig: ['search_path=""'], anon: false },
    { proname: "set_updated_at", proconfig: ['search_path=""'], anon: false },
    { proname: "sweep_claim_changes", proconfig: ['search_path=""'], anon: false },
    { proname: "wake_claim_relay", proconfig: ['search_path=""'], anon: false },
    { proname: "was_deleted", proconfig: ['search_path=""'], anon: false },
  ]);
});
