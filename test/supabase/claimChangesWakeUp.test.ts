import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withDatabase } from "../../local/supabase/index.ts";
import { useStack } from "./support/stack.ts";
import { startWakeUpServer, type WakeUpServer } from "./support/wakeUpServer.ts";

const SECRET = "a-secret-that-no-log-may-hold";
const LIMIT = { timeout: 60_000 };

const stack = useStack({ standIns: true, seed: false });
let server: WakeUpServer;
const run = (sql: string, values: unknown[] = []) => stack.owner.query(sql, values);

/** Runs a statement that changes a claim, and collects the warnings. */
async function change(
  sql = "update public.profiles set lifetime_subscriber = not lifetime_subscriber",
) {
  const warnings: string[] = [];
  const listen = ({ message }: { message?: string | undefined }) => warnings.push(message ?? "");
  stack.owner.on("notice", listen);
  await run(sql);
  stack.owner.off("notice", listen);
  return warnings;
}
const sweep = async () =>
  (await run("select private.sweep_claim_changes() as woken")).rows[0].woken;
const waiting = async () =>
  (await run("select (public.pending_claim_changes() ->> 'waiting')::int as waiting")).rows[0]
    .waiting;
/** Waits until every request that was queued has been sent. */
const untilSent = () =>
  expect
    .poll(
      async () => (await stack.superuser.query("select from net.http_request_queue")).rowCount,
      LIMIT,
    )
    .toBe(0);
const settle = async () => {
  await untilSent();
  await run("delete from pgmq.q_claim_changes; delete from net._http_response");
  server.requests.length = 0;
};

/** Switches the sweep's schedule on or off. */
const schedule = (active: boolean) =>
  stack.superuser.query("update cron.job set active = $1", [active]);

beforeAll(async () => {
  // The sweep's requests must not disturb tests that count requests.
  await schedule(false);
  server = await startWakeUpServer();
  await run("select vault.create_secret($1, 'refresh_claims_url')", [server.url]);
  await run("select vault.create_secret($1, 'refresh_claims_secret')", [SECRET]);
  await run("insert into public.profiles (kinde_id) values ('kp_a'), ('kp_b'), ('kp_c')");
});
afterAll(() => server?.[Symbol.asyncDispose]());
beforeEach(settle);

describe("a statement that changes claims", () => {
  test("wakes the relay once with the secret, for any number of rows", async () => {
    await change();
    await expect.poll(() => server.requests.length, LIMIT).toBe(1);
    await untilSent();
    expect(server.requests).toEqual([
      {
        method: "POST",
        headers: expect.objectContaining({
          "x-refresh-claims-secret": SECRET,
          "content-type": "application/json",
        }),
        body: "{}",
      },
    ]);
    expect(await waiting()).toBe(3);
  });

  test("wakes it after the commit, and not after a rollback", async () => {
    await run("begin");
    await change();
    await run("rollback");
    await run("begin");
    await change();
    expect(server.requests).toEqual([]);
    await run("commit");
    await expect.poll(() => server.requests.length, LIMIT).toBe(1);
    await untilSent();
    expect(server.requests).toHaveLength(1);
  });

  test("that changes no claim does not wake it", async () => {
    await change("update public.profiles set full_name = 'x'");
    // The request of this second change is sent after all earlier ones.
    await change("update public.profiles set lifetime_subscriber = not lifetime_subscriber");
    await expect.poll(() => server.requests.length, LIMIT).toBe(1);
    await untilSent();
    expect(server.requests).toHaveLength(1);
  });
});

describe("a wake-up that fails", () => {
  test("in pg_net keeps the save and its message, and warns without showing the secret", async () => {
    const { rows } = await stack.superuser.query(
      "select pg_get_functiondef('net.http_post(text,jsonb,jsonb,jsonb,int)'::regprocedure) as definition",
    );
    await stack.superuser.query(
      String(rows[0].definition).replace("begin", "begin raise exception 'no: %', headers;"),
    );
    const warnings = await change();
    await stack.superuser.query(rows[0].definition);
    expect(await waiting()).toBe(3);
    expect(warnings).toEqual([expect.stringMatching(/^The relay .+ was not woken \(P0001\)\./)]);
    expect(warnings.join()).not.toContain(SECRET);
  });

  test("because of a wrong address keeps the save and its message", async () => {
    const id = "select id from vault.secrets where name = 'refresh_claims_url'";
    await run(`select vault.update_secret((${id}), 'http://127.0.0.1:2/')`);
    expect(await change()).toEqual([]);
    await expect
      .poll(async () => (await run("select error_msg from net._http_response")).rows, LIMIT)
      .toEqual([{ error_msg: expect.stringContaining("fetch failed") }]);
    await run(`select vault.update_secret((${id}), $1)`, [server.url]);
    expect(await waiting()).toBe(3);
  });

  test("because Vault holds no secret is not a failure", async () => {
    await run("delete from vault.secrets where name = 'refresh_claims_secret'");
    expect(await change()).toEqual([]);
    await run("select vault.create_secret($1, 'refresh_claims_secret')", [SECRET]);
    expect(await waiting()).toBe(3);
  });
});

describe("the sweep", () => {
  test("is scheduled every 10 seconds", async () => {
    const { rows } = await run(
      "select jobname, schedule, command, username from cron.job where jobname = 'sweep_claim_changes'",
    );
    expect(rows).toEqual([
      {
        jobname: "sweep_claim_changes",
        schedule: "10 seconds",
        command: "select private.sweep_claim_changes()",
        username: "postgres",
      },
    ]);
  });

  test("wakes the relay only if a message is waiting", async () => {
    expect(await sweep()).toBe(false);
    await run("select pgmq.send('claim_changes', '{\"kinde_id\": \"kp_a\"}')");
    expect(await sweep()).toBe(true);
    await expect.poll(() => server.requests.length, LIMIT).toBeGreaterThan(0);
    await run("select public.take_claim_changes(hidden_seconds => 3600)");
    expect(await sweep()).toBe(false);
  });

  test("wakes the relay for a message whose own wake-up was lost", async () => {
    await schedule(true);
    await run("select pgmq.send('claim_changes', '{\"kinde_id\": \"kp_a\"}')");
    await expect.poll(() => server.requests.length, LIMIT).toBeGreaterThan(0);
    expect(server.requests[0]?.headers["x-refresh-claims-secret"]).toBe(SECRET);
  });

  test("writes the trigger's function again when a claim was added", async () => {
    await run(`alter table public.profiles add column beta_tester boolean not null default false;
      grant select (beta_tester) on table public.profiles to kinde_workflow`);
    await sweep();
    const { rows } = await run(
      "select prosrc like '%beta_tester%' as is_followed from pg_proc where proname = 'queue_updated_claims'",
    );
    expect(rows).toEqual([{ is_followed: true }]);
  });

  // The last test, because it breaks the file's connections.
  test("continues after a restart of the database", async () => {
    const { rows } = await run(
      "select coalesce(max(runid), 0)::int as last from cron.job_run_details",
    );
    await stack.supabase.database.stop();
    await stack.supabase.database.start();
    const later = "select from cron.job_run_details where runid > $1 and status = 'succeeded'";
    const count = () =>
      withDatabase(stack.supabase.databaseUrl, async (client) => {
        const { rowCount } = await client.query(later, [rows[0].last]);
        return rowCount;
      });
    await expect.poll(count, LIMIT).toBeGreaterThan(0);
  });
});
