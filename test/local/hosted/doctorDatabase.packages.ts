import { afterAll, beforeAll, expect, test } from "vitest";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { createExaminer } from "./support/examiner.ts";

const USER = "kp_0000000000000000000000000000d0c7";

let world: DoctorWorld;
const { check, expectFailure, sqlEditor, superuser } = createExaminer(() => world);

beforeAll(async () => {
  world = await startDoctorWorld();
  await sqlEditor(`insert into public.profiles (kinde_id) values ('${USER}')`);
});
afterAll(() => world?.stop());

/** A problem that the statements in the cure repair. */
const CURED = [
  {
    code: "SUPABASE_UNIQUE_KEY",
    damage: "alter table public.profiles drop constraint profiles_kinde_id_key",
    seen: "missing: public.profiles: profiles_kinde_id_key",
  },
  {
    code: "SUPABASE_CONSTRAINTS",
    damage:
      "alter table public.profiles drop constraint profiles_company_check, drop constraint profiles_kinde_id_check",
    seen: "missing: public.profiles: profiles_company_check, public.profiles: profiles_kinde_id_check",
  },
  {
    code: "SUPABASE_INDEXES",
    damage: "drop index private.deleted_users_deleted_at_idx",
    seen: "missing: private.deleted_users: deleted_users_deleted_at_idx",
  },
  {
    code: "SUPABASE_TRIGGERS",
    damage: "drop trigger profiles_queue_updated on public.profiles",
    seen: "missing: public.profiles: profiles_queue_updated",
  },
  {
    code: "SUPABASE_TRIGGERS",
    damage: "alter table public.profiles disable trigger profiles_set_updated_at",
    seen: "different: public.profiles: profiles_set_updated_at",
  },
  {
    code: "SUPABASE_SQL_FUNCTIONS",
    damage:
      "create or replace function private.queue_updated_claims() returns trigger language plpgsql security definer set search_path = '' as 'begin return null; end'",
    seen: "different: private.queue_updated_claims()",
  },
  {
    code: "SUPABASE_RLS",
    damage: "alter table public.profiles disable row level security",
    seen: "different: public.profiles",
  },
  {
    code: "SUPABASE_POLICIES",
    damage: `create policy "everybody reads" on public.profiles for select using (true)`,
    seen: "added: public.profiles: everybody reads",
  },
  {
    code: "SUPABASE_GRANTS",
    damage: `grant select on public.profiles to anon;
      grant update on public.profiles to authenticated;
      grant update (lifetime_subscriber) on public.profiles to kinde_workflow;
      grant execute on function public.is_user_deleted(text) to public;
      grant usage on schema private to kinde_workflow;
      revoke select, delete on public.profiles from service_role`,
    seen: "different: public.profiles.lifetime_subscriber: kinde_workflow",
  },
  {
    code: "SUPABASE_GRANTS",
    damage: "revoke select (lifetime_subscriber) on public.profiles from kinde_workflow",
    seen: "missing: public.profiles.lifetime_subscriber: kinde_workflow",
  },
  {
    code: "SUPABASE_GRANTS",
    damage: `create table public.invoices (id int);
      revoke all on public.invoices from anon, authenticated, service_role;
      grant select on public.invoices to kinde_workflow`,
    seen: "added: public.invoices: kinde_workflow",
  },
] as const;

test.each(CURED)("$code: $damage", async ({ code, damage, seen }) => {
  await expectFailure(code, {
    seen,
    break: () => sqlEditor(damage),
    mend: (cure) => sqlEditor(/SQL editor: (.*;)/.exec(cure)?.[1] ?? `${cure}: no statement`),
  });
});

/** A problem whose cure is a description, not a statement. */
const DAMAGED = [
  {
    code: "SUPABASE_TABLES",
    damage: "alter table private.deleted_users rename to forgotten_users",
    repair: "alter table private.forgotten_users rename to deleted_users",
    seen: "missing: private.deleted_users",
  },
  {
    code: "SUPABASE_TABLES",
    damage: "alter table public.profiles rename to people",
    repair: "alter table public.people rename to profiles",
    seen: "missing: public.profiles",
  },
  {
    code: "SUPABASE_COLUMNS",
    damage: "alter table public.profiles alter column lifetime_subscriber drop not null",
    repair: "alter table public.profiles alter column lifetime_subscriber set not null",
    seen: "different: public.profiles: lifetime_subscriber",
  },
  {
    code: "SUPABASE_COLUMNS",
    damage: "alter table public.profiles alter column profile_complete drop expression",
    repair: `alter table public.profiles drop column profile_complete;
      alter table public.profiles add column profile_complete boolean not null
        generated always as (private.has_text(full_name) and private.has_text(company)) stored;
      comment on column public.profiles.profile_complete is 'Claim profile_complete. Computed from the columns of the form; nobody can write it.';
      grant select (profile_complete) on public.profiles to kinde_workflow;
      select private.follow_claim_columns()`,
    seen: "different: public.profiles: profile_complete",
  },
  {
    code: "SUPABASE_SQL_FUNCTIONS",
    damage: "alter function public.mark_user_deleted(text) security invoker",
    repair: "alter function public.mark_user_deleted(text) security definer",
    seen: "different: public.mark_user_deleted(text)",
  },
  {
    code: "SUPABASE_POLICIES",
    damage: `drop policy "kinde_workflow reads every profile" on public.profiles`,
    repair: `create policy "kinde_workflow reads every profile" on public.profiles for select to kinde_workflow using (true)`,
    seen: "missing: public.profiles: kinde_workflow reads every profile",
  },
  {
    code: "SUPABASE_POLICIES",
    damage: `alter policy "users read their own profile" on public.profiles using (true)`,
    repair: `alter policy "users read their own profile" on public.profiles
      using (kinde_id = ((select auth.jwt()) ->> 'sub') and kinde_id ~ '^kp[_:]')`,
    seen: "different: public.profiles: users read their own profile",
  },
  {
    code: "SUPABASE_WORKFLOW_ROLE",
    damage: "alter role kinde_workflow inherit; grant service_role to kinde_workflow",
    repair: "alter role kinde_workflow noinherit; revoke service_role from kinde_workflow",
    seen: "different: kinde_workflow",
  },
  {
    code: "SUPABASE_DUPLICATES",
    damage: `alter table public.profiles drop constraint profiles_kinde_id_key;
      insert into public.profiles (kinde_id) values ('${USER}')`,
    repair: `delete from public.profiles where id > (select min(id) from public.profiles);
      alter table public.profiles add constraint profiles_kinde_id_key unique (kinde_id)`,
    seen: "users with more than one row: 1",
  },
  {
    code: "SUPABASE_IDS",
    damage:
      "insert into public.profiles (kinde_id) values ('8f14e45f-ceea-467f-a9d1-1234567890ab')",
    repair: "delete from public.profiles where kinde_id not like 'kp%'",
    seen: "rows with an id that is not of the form kp_… or kp:…: 1",
    status: "warning",
  },
  {
    code: "SUPABASE_EXTENSIONS",
    damage: "alter function cron.schedule(text, text, text) rename to plan",
    repair: "alter function cron.plan(text, text, text) rename to schedule",
    seen: "this project does not offer pg_cron",
  },
  {
    code: "SUPABASE_MIGRATIONS",
    damage: `delete from supabase_migrations.schema_migrations where version = '20261126100000'`,
    repair: `insert into supabase_migrations.schema_migrations (version, name) values ('20261126100000', 'queue_claim_changes')`,
    seen: "1 not applied: 20261126100000_queue_claim_changes",
  },
  {
    code: "SUPABASE_MIGRATIONS",
    damage: `insert into supabase_migrations.schema_migrations (version, name) values ('20270101000000', 'later')`,
    repair: `delete from supabase_migrations.schema_migrations where version = '20270101000000'`,
    seen: "the project has 20270101000000",
    status: "warning",
  },
] as const;

test.each(DAMAGED)("$code: $damage", async ({ code, damage, repair, ...problem }) => {
  await expectFailure(code, {
    ...problem,
    break: () => superuser(damage),
    mend: () => superuser(repair),
  });
});

test("without public.profiles, the other checks report what they need", async () => {
  await superuser("alter table public.profiles rename to people");
  const results = await Promise.all(["SUPABASE_RLS", "SUPABASE_IDS"].map((code) => check(code)));
  await superuser("alter table public.people rename to profiles");
  expect(results.map(({ status, seen }) => [status, seen])).toEqual([
    ["unknown", "there is no table public.profiles, see SUPABASE_TABLES"],
    ["unknown", "there is no column kinde_id, see SUPABASE_COLUMNS"],
  ]);
});

test("while a migration is not applied, the cure of its objects is the set-up", async () => {
  await superuser(`delete from supabase_migrations.schema_migrations where version = '20261126090000';
    drop policy "deleted users create no profile" on public.profiles`);
  const result = await check("SUPABASE_POLICIES");
  await superuser(`insert into supabase_migrations.schema_migrations (version) values ('20261126090000');
    create policy "deleted users create no profile" on public.profiles as restrictive
      for insert to authenticated with check (not private.was_deleted(kinde_id))`);
  expect(result).toMatchObject({ status: "failed", isFixedBySetup: true });
  expect(await check("SUPABASE_POLICIES")).toMatchObject({ status: "ok" });
});

test("the project's own tables, functions and constraints are ignored", async () => {
  await sqlEditor(`create table public.orders (id int);
    create function public.orders_today() returns int language sql return 1;
    alter table public.profiles add column nickname text check (nickname <> '')`);
  const codes = ["TABLES", "COLUMNS", "CONSTRAINTS", "SQL_FUNCTIONS", "RLS", "GRANTS"];
  const results = await Promise.all(codes.map((code) => check(`SUPABASE_${code}`)));
  await sqlEditor(`drop table public.orders; drop function public.orders_today();
    alter table public.profiles drop column nickname`);
  expect(results.map(({ status }) => status)).toEqual(codes.map(() => "ok"));
});
