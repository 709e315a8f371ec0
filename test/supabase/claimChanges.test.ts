import { beforeEach, describe, expect, test } from "vitest";
import { readAddClaimSteps } from "../packages/support/addClaimSteps.ts";
import { type ClaimChangeRow, callQueue } from "./support/claimQueue.ts";
import { connect, useStack } from "./support/stack.ts";

const stack = useStack({ seed: false });
const run = (sql: string) => stack.owner.query(sql);
const take = (body: object = {}) =>
  callQueue<ClaimChangeRow[]>(stack.supabase, "take_claim_changes", body);
const idsOf = (rows: readonly ClaimChangeRow[]) => rows.map(({ kinde_id }) => kinde_id);

/** Saves values in one user's row through the Data API, as the back office does. */
async function save(kindeId: string, values: object): Promise<number> {
  const { url, secretKey } = stack.supabase;
  const response = await fetch(`${url}/rest/v1/profiles?kinde_id=eq.${kindeId}`, {
    method: "PATCH",
    headers: { apikey: secretKey, "content-type": "application/json" },
    body: JSON.stringify(values),
  });
  await response.arrayBuffer();
  return response.status;
}

beforeEach(() => run("delete from public.profiles; delete from pgmq.q_claim_changes"));

describe("a relay with the secret key", () => {
  test("takes a message with its user, its number of attempts and its time", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a')");
    expect(await take()).toEqual([
      {
        message_id: expect.any(Number),
        kinde_id: "kp_a",
        attempts: 1,
        queued_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    ]);
  });

  test("settles messages, which are then deleted, waiting again, or dead", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a'), ('kp_b'), ('kp_c')");
    const [first, second, third] = await take();
    await callQueue(stack.supabase, "settle_claim_changes", {
      done: [first?.message_id],
      retry: [{ message_id: second?.message_id, after_seconds: 0 }],
      dead: [third?.message_id],
    });
    expect(await take()).toMatchObject([{ message_id: second?.message_id, attempts: 2 }]);
    expect(await callQueue(stack.supabase, "pending_claim_changes")).toMatchObject({
      available: true,
      ...{ waiting: 0, hidden: 1, dead: 1 },
    });
    expect(await callQueue(stack.supabase, "retry_dead_claim_changes")).toBe(1);
    expect(await take()).toMatchObject([{ kinde_id: third?.kinde_id, attempts: 1 }]);
  });

  test("takes a message again when its hidden time is over", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a')");
    await take({ hidden_seconds: 1 });
    const again = await callQueue(stack.supabase, "wait_for_claim_changes", { wait_seconds: 7 });
    expect(again).toMatchObject([{ kinde_id: "kp_a", attempts: 2 }]);
  });

  test("gets a message that arrives while it waits", async () => {
    const waiting = callQueue<ClaimChangeRow[]>(stack.supabase, "wait_for_claim_changes", {
      wait_seconds: 7,
    });
    // The database shows that the wait has begun.
    await expect
      .poll(
        async () =>
          (
            await stack.superuser.query(
              "select from pg_stat_activity where state = 'active' and query like '%wait_for_claim_changes%' and usename = 'authenticator'",
            )
          ).rowCount,
        { timeout: 60_000 },
      )
      .toBe(1);
    await run("insert into public.profiles (kinde_id) values ('kp_late')");
    expect(idsOf(await waiting)).toEqual(["kp_late"]);
  });

  test("gets an empty answer at the end of a long wait, not a timeout", async () => {
    const answer = callQueue(stack.supabase, "wait_for_claim_changes", { wait_seconds: 3600 });
    expect(await answer).toEqual([]);
  });

  test("shares the messages with other relays, so that each is taken once", async () => {
    await run(
      "insert into public.profiles (kinde_id) select 'kp_' || n from generate_series(1, 200) as n",
    );
    const batches = await Promise.all(
      Array.from({ length: 10 }, () => take({ quantity: 20, hidden_seconds: 60 })),
    );
    const ids = batches.flatMap(idsOf);
    const rest = idsOf(await take({ quantity: 1000 }));
    expect(new Set([...ids, ...rest]).size).toBe(200);
    expect(ids.length + rest.length).toBe(200);
  });
});

describe("a message", () => {
  test("is hidden until the save is committed", async () => {
    const other = await connect(stack.supabase.databaseUrl);
    try {
      await other.query("begin; insert into public.profiles (kinde_id) values ('kp_open')");
      expect(await take()).toEqual([]);
      await other.query("commit");
      expect(idsOf(await take())).toEqual(["kp_open"]);
    } finally {
      await other.end();
    }
  });
});

describe("a claim that a later migration adds", () => {
  const { sql } = readAddClaimSteps().beta_tester;

  test("is queued by connections that are already open, after only the steps of the README", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a')");
    // Makes the Data API's connections plan the comparison without the new column.
    expect(await save("kp_a", { lifetime_subscriber: true })).toBe(204);
    await run("delete from pgmq.q_claim_changes");

    await run(sql);
    await expect.poll(() => save("kp_a", { beta_tester: true }), { timeout: 60_000 }).toBe(204);
    expect(idsOf(await take())).toEqual(["kp_a"]);
    expect(await save("kp_a", { full_name: "Ada" })).toBe(204);
    expect(await take()).toEqual([]);
  });

  test("is queued after the trigger's function was written again", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a')");
    await run("select private.set_up_claim_changes(); delete from pgmq.q_claim_changes");
    expect(await save("kp_a", { beta_tester: true })).toBe(204);
    expect(idsOf(await take())).toEqual(["kp_a"]);
  });
});

describe("when pgmq was dropped", () => {
  test("saves work, the database's log names the cure but no user, and the relay gets nothing", async () => {
    await run("insert into public.profiles (kinde_id) values ('kp_a')");
    await run("drop schema pgmq cascade");
    const notices: string[] = [];
    stack.owner.on("notice", ({ message }) => notices.push(message ?? ""));
    await run("update public.profiles set lifetime_subscriber = true");
    expect(notices).toEqual([
      expect.stringMatching(
        /^The changed claims of 1 users were not queued: .+ \(\w{5}\)\. Run "select private\.set_up_claim_changes\(\)"\.$/,
      ),
    ]);
    expect(notices.join()).not.toContain("kp_a");
    expect(await take()).toEqual([]);
    expect(await callQueue(stack.supabase, "pending_claim_changes")).toMatchObject({
      available: false,
    });
  });
});
