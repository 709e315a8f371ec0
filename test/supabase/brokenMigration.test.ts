import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { readSchema } from "./support/schema.ts";
import { useStack } from "./support/stack.ts";

const SUPABASE = fileURLToPath(new URL("../../supabase", import.meta.url));

const project = mkdtempSync(join(tmpdir(), "broken-migration-"));
cpSync(SUPABASE, join(project, "supabase"), { recursive: true });
afterAll(() => rmSync(project, { recursive: true }));

const stack = useStack({ project });
const NEXT = join(project, "supabase/migrations/29990101000000_next.sql");
const push = () => stack.supabase.cli(["db", "push", "--skip-vault", "--yes"]);

// Begins with good statements, whose effects must be undone.
const FIRST_HALF = `
  alter table public.profiles add column phone text;
  drop policy "users read their own profile" on public.profiles;
  create table public.half (id int primary key);
  update public.profiles set lifetime_subscriber = not lifetime_subscriber;
`;

const everything = async () => ({
  schema: await readSchema(stack.owner),
  rows: (await stack.owner.query("select * from public.profiles order by id")).rows,
  history: (
    await stack.owner.query("select version from supabase_migrations.schema_migrations order by 1")
  ).rows,
});

describe("the database is unchanged after a migration", () => {
  beforeEach(() => rmSync(NEXT, { force: true }));

  test("that fails in its second half", async () => {
    const before = await everything();
    writeFileSync(NEXT, `${FIRST_HALF} select 1 / 0;`);
    const { code, stdout, stderr } = await push();
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("division by zero");
    expect(await everything()).toEqual(before);
  });

  test("that has a syntax error after good statements", async () => {
    const before = await everything();
    writeFileSync(NEXT, `${FIRST_HALF} creat table public.typo ();`);
    expect((await push()).code).toBe(1);
    expect(await everything()).toEqual(before);
  });

  test("whose connection breaks in the middle", async () => {
    const before = await everything();
    writeFileSync(NEXT, `${FIRST_HALF} select pg_sleep(30);`);
    const pushed = push();
    const cut = async (): Promise<void> => {
      const { rowCount } = await stack.superuser.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where state = 'active' and query ~ '^\\s*select pg_sleep'",
      );
      if (!rowCount) return new Promise((resolve) => setTimeout(resolve, 20)).then(cut);
    };
    await cut();
    expect((await pushed).code).not.toBe(0);
    expect(await everything()).toEqual(before);
  });

  test("and the next push applies the corrected migration", async () => {
    writeFileSync(NEXT, "alter table public.profiles add column phone text;");
    expect((await push()).code).toBe(0);
    const { rows } = await stack.owner.query("select phone from public.profiles limit 1");
    expect(rows).toEqual([{ phone: null }]);
  });
});
