import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { type Definition, readSchema } from "./support/schema.ts";
import { useStack } from "./support/stack.ts";
import { HANDLED, REFUSED } from "./support/upgradeShapes.ts";

const SUPABASE = fileURLToPath(new URL("../../supabase/", import.meta.url));
const sqlIn = (folder: string) =>
  readdirSync(SUPABASE + folder)
    .sort()
    .map((file) => readFileSync(`${SUPABASE}${folder}/${file}`, "utf8"))
    .join("\n");
const UPGRADE = sqlIn("upgrade");
const MIGRATIONS = sqlIn("migrations");

const stack = useStack({ migrate: false, defaultPrivileges: "legacy" });

// Everything runs in transactions that are rolled back, so each shape starts in an empty project.
let owner: Client;
let ours: Definition[];
const firstColumn = async (query: string) =>
  (await owner.query({ text: query, rowMode: "array" })).rows.map((row: unknown[]) => row[0]);
const isOfOthers =
  /^(relation )?(public\.)?(orders|settings)(_pkey)?\b|tutorial_(profiles|upgrade)/;

beforeAll(async () => {
  owner = stack.owner;
  await owner.query(`begin; ${MIGRATIONS}`);
  ours = await readSchema(owner);
  await owner.query("rollback");
});
beforeEach(() => owner.query("begin"));
afterEach(() => owner.query("rollback"));

/** Runs a statement as a role of the Data API and rolls it back. Returns its number of rows or the error's code. */
async function tryAs(role: string, statement: string): Promise<number | string> {
  await owner.query(`savepoint before; set local role ${role};
    set local request.jwt.claims = '{"sub": "kp_new"}'`);
  const outcome = await owner.query(statement).then(
    ({ rowCount }) => rowCount ?? 0,
    (error: { code: string }) => error.code,
  );
  await owner.query("rollback to savepoint before");
  return outcome;
}

describe.each(HANDLED)("a tutorial's table with $name", ({ setup, extra, keeps }) => {
  test("has the schema of a new project, loses nothing, and gives each role its rights", async () => {
    await owner.query(setup);
    const before = await firstColumn("select to_jsonb(profiles)::text from public.profiles");
    await owner.query(UPGRADE);

    // The table is closed at once, even if the following migrations do not run.
    expect(await tryAs("anon", "select from public.profiles")).toBe("42501");
    await owner.query(MIGRATIONS);

    const schema = (await readSchema(owner)).filter(
      ({ definition }) => !isOfOthers.test(definition) && !extra?.test(definition),
    );
    expect(schema).toEqual(ours);
    expect(
      await firstColumn("select to_jsonb(kept)::text from private.tutorial_profiles as kept"),
    ).toEqual(before);
    expect(
      await firstColumn(
        "select kinde_id || ' ' || lifetime_subscriber from public.profiles order by kinde_id",
      ),
    ).toEqual(["kp_a true", "kp_b false", "kp_c true"]);
    expect(
      await firstColumn(
        "select relrowsecurity from pg_class where relname in ('tutorial_profiles', 'tutorial_upgrade')",
      ),
    ).toEqual([true, true]);
    if (keeps) expect(await firstColumn(keeps.query)).toEqual(keeps.expected);

    const insert = "insert into public.profiles (kinde_id) values ('kp_new')";
    expect(await tryAs("authenticated", insert)).toBe(1);
    expect(await tryAs("service_role", insert)).toBe(1);
    expect(await tryAs("service_role", insert.replace("kp_new", "kp_a"))).toBe("23505");
    expect(await tryAs("kinde_workflow", "select kinde_id from public.profiles")).toBe(3);
    for (const role of ["anon", "authenticated", "service_role", "kinde_workflow"]) {
      expect(await tryAs(role, "select from private.tutorial_profiles")).toBe("42501");
      expect(await tryAs(role, "select from private.tutorial_upgrade")).toBe("42501");
    }

    const after = "select to_jsonb(profiles)::text from public.profiles order by id";
    const rows = await firstColumn(after);
    await owner.query(UPGRADE);
    expect(await firstColumn(after)).toEqual(rows);
  });
});

describe.each(REFUSED)("a table with $name", ({ setup, says }) => {
  test("is refused with one sentence, and nothing is changed", async () => {
    // A superuser creates shapes with other owners. The upgrade runs as postgres.
    const client = setup.startsWith("reset role") ? stack.superuser : owner;
    await client.query(`begin; ${setup}`);
    if (client === stack.superuser) await client.query("set local role postgres");
    const state = async () => ({
      schema: await readSchema(client),
      grants: (
        await client.query(
          "select relname, relacl::text, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace order by 1",
        )
      ).rows,
    });
    const before = await state();
    await client.query("savepoint before");
    const error = (await client.query(UPGRADE).catch((reason: unknown) => reason)) as Error;
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(
      /^public\.profiles was not upgraded, and nothing was changed: [^\n]+\.$/,
    );
    await client.query("rollback to savepoint before");
    expect(await state()).toEqual(before);
    await client.query("rollback");
  });
});

test("a table that is too different can be moved aside as the README describes, and nothing is lost", async () => {
  const id = "kp_0123456789abcdef0123456789abcdef";
  await owner.query(`
    create table public.profiles (
      id uuid primary key default gen_random_uuid(), kinde_id varchar, lifetime_subscriber boolean
    );
    create view public.subscribers with (security_invoker = true) as select * from public.profiles;
    grant all on public.profiles, public.subscribers to anon;
    insert into public.profiles (kinde_id, lifetime_subscriber)
    values ('${id}', null), ('${id}', true), (null, true), ('x y', true)`);
  await owner.query(markedBlock("supabase/README.md", "move aside") + MIGRATIONS);
  await owner.query(markedBlock("supabase/README.md", "bring over"));
  const claims = "select kinde_id || ' ' || lifetime_subscriber from public.profiles";
  expect(await firstColumn(claims)).toEqual([`${id} true`]);
  expect(await firstColumn("select count(*)::int from private.old_profiles")).toEqual([4]);
  expect(await tryAs("anon", "select from public.subscribers")).toBe("42501");
});
