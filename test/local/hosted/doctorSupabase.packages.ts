import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Examination } from "../../../local/hosted/doctor/check.ts";
import type { Result } from "../../../local/hosted/doctor/examineAll.ts";
import type { HostedSettings } from "../../../local/hosted/settings.ts";
import { withDatabase } from "../../../local/supabase/index.ts";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { examine, examineEverything } from "./support/examine.ts";

/** The jobs run every 10 seconds. */
const ONE_SWEEP = { timeout: 40_000, interval: 500 };
const USER = "kp_0000000000000000000000000000d0c7";

let world: DoctorWorld;
/** Whatever the doctor said in this file. */
const said: Result[] = [];

beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world?.stop());

/** Runs one check, with other settings if they are given. */
async function check(code: string, changes: Partial<HostedSettings> = {}): Promise<Result> {
  const result = await examine(code, { ...world.validSettings, ...changes });
  said.push(result);
  return result;
}

/** Runs SQL as the superuser. */
async function sql(text: string): Promise<void> {
  await withDatabase(world.local.superuserUrl, (client) => client.query(text));
}

/** Runs SQL as the SQL editor of the dashboard does. */
async function sqlEditor(text: string): Promise<void> {
  await withDatabase(world.local.databaseUrl, (client) => client.query(text));
}

/** Breaks something, expects the check to fail, mends it, and expects the check to succeed. */
async function expectFailure(
  code: string,
  problem: { readonly status?: Examination["status"]; readonly seen: string | RegExp },
  steps: { readonly break: () => unknown; readonly mend: (cure: string) => unknown },
): Promise<void> {
  await steps.break();
  let result: Result | undefined;
  try {
    result = await check(code);
  } finally {
    await steps.mend(result && "cure" in result ? result.cure : "");
  }
  const { status = "failed", seen } = problem;
  expect(result).toMatchObject({ status, seen: typeof seen === "string" ? expect.stringContaining(seen) : expect.stringMatching(seen) });
  const { check: _, ...mended } = await check(code);
  expect(mended).toEqual({ status: "ok", seen: expect.any(String) });
}

test("finds nothing wrong after the set-up", async () => {
  await vi.waitFor(async () => {
    expect(await check("SUPABASE_SWEEP_RUN")).toMatchObject({ status: "ok" });
  }, ONE_SWEEP);
  const results = await examineEverything(world.validSettings);
  said.push(...results);
  const notOk = results.filter(({ status }) => status !== "ok" && status !== "leftOut");
  expect(notOk.map(({ check, status, seen }) => [check.code, status, seen])).toEqual([]);
});

describe("in the database", () => {
  beforeAll(() =>
    sqlEditor(`insert into public.profiles (kinde_id) values ('${USER}');
      delete from pgmq.q_claim_changes`),
  );
  afterAll(() => sqlEditor(`delete from public.profiles; delete from pgmq.q_claim_changes`));

  /** A problem that the statements in the cure mend. */
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
        grant usage on schema private to authenticated;
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
    {
      code: "SUPABASE_QUEUE_DEAD",
      damage: `select pgmq.send('claim_changes', '{"kinde_id": "${USER}"}', 3600);
        select pgmq.archive('claim_changes', msg_id) from pgmq.q_claim_changes`,
      seen: "1, the first 0 s ago",
      status: "warning",
    },
  ] as const;

  test.each(CURED)("$code: $damage", async ({ code, damage, seen, ...rest }) => {
    await expectFailure(
      code,
      { seen, ...rest },
      {
        break: () => sqlEditor(damage),
        mend: (cure) => sqlEditor(/SQL editor: (.*;)/.exec(cure)?.[1] ?? "select 1/0"),
      },
    );
  });
});
