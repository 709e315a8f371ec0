import { expect, test } from "vitest";
import { readPgmqSql } from "../../local/supabase/pgmq.ts";
import { callQueue } from "./support/claimQueue.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack({ pgmq: false, seed: false });
const call = (name: string, body: object = {}) => callQueue(stack.supabase, name, body);

test("a project without pgmq accepts the migration, and its saves work", async () => {
  await stack.owner.query("insert into public.profiles (kinde_id) values ('kp_a')");
  await stack.owner.query("update public.profiles set lifetime_subscriber = true");
  const { rows } = await stack.owner.query(
    "select tgname from pg_trigger where tgrelid = 'public.profiles'::regclass and not tgisinternal",
  );
  expect(rows).toEqual([{ tgname: "profiles_set_updated_at" }]);
});

test("its relay gets nothing, and the answer says why", async () => {
  expect(await call("take_claim_changes")).toEqual([]);
  expect(await call("wait_for_claim_changes")).toEqual([]);
  await call("settle_claim_changes", { done: [1], dead: [2] });
  expect(await call("retry_dead_claim_changes")).toBe(0);
  expect(await call("pending_claim_changes")).toEqual({
    ...{ available: false, waiting: 0, hidden: 0, dead: 0 },
    ...{ oldest_seconds: null, oldest_dead_seconds: null },
  });
});

test("it queues changes as soon as pgmq is installed and one function has run", async () => {
  await stack.owner.query(readPgmqSql());
  for (const _ of ["the first time", "again"]) {
    const { rows } = await stack.owner.query("select private.set_up_claim_changes() as set_up");
    expect(rows).toEqual([{ set_up: { queue: true, wake_up: false, sweep: false } }]);
  }
  await stack.owner.query("update public.profiles set lifetime_subscriber = false");
  expect(await call("take_claim_changes")).toMatchObject([{ kinde_id: "kp_a" }]);
});
