import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { describe, expect, test } from "vitest";
import WebSocket from "ws";
import type { Database } from "../../supabase/database.types.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack({ seed: false });

/** One instance of an app. It has the secret key, but no connection to the other instances. */
function createInstance() {
  const { url, secretKey } = stack.supabase;
  const client = createClient<Database>(url, secretKey, {
    realtime: { transport: WebSocket as never },
  });
  const claimant = randomUUID();
  const result = <T>({ data, error }: { data: T; error: unknown }): T => {
    if (error) throw error;
    return data;
  };
  return {
    begin: async (event_id: string) =>
      result(await client.rpc("begin_webhook_delivery", { event_id, claimant })),
    finish: async (event_id: string) =>
      result(await client.rpc("finish_webhook_delivery", { event_id, claimant })),
    abandon: async (event_id: string) =>
      result(await client.rpc("abandon_webhook_delivery", { event_id, claimant })),
    markDeleted: async (user_id: string) =>
      result(await client.rpc("mark_user_deleted", { user_id })),
    isDeleted: async (user_id: string) => result(await client.rpc("is_user_deleted", { user_id })),
  };
}

describe("when many instances get the same event at once", () => {
  test("one of forty requests claims it, and the others see that it is busy", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => createInstance().begin("event_many")),
    );
    expect(answers.filter((answer) => answer === "new")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "busy")).toHaveLength(39);
  });

  test("one of them takes over the claim of an instance that crashed", async () => {
    await createInstance().begin("event_crash");
    await stack.owner.query(
      "update private.webhook_deliveries set claimed_at = now() - interval '61 seconds' where event_id = 'event_crash'",
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => createInstance().begin("event_crash")),
    );
    expect(answers.filter((answer) => answer === "new")).toHaveLength(1);
  });

  test("each of fifteen events is processed once, although the first delivery of each fails", async () => {
    const instances = Array.from({ length: 3 }, createInstance);
    const processed: string[] = [];
    const failedOnce = new Set<string>();
    const deliver = async (instance: ReturnType<typeof createInstance>, eventId: string) => {
      for (let retry = 0; retry < 50; retry += 1) {
        const answer = await instance.begin(eventId);
        if (answer === "done") return;
        if (answer === "busy") continue;
        if (!failedOnce.has(eventId)) {
          failedOnce.add(eventId);
          await instance.abandon(eventId);
          continue;
        }
        processed.push(eventId);
        await instance.finish(eventId);
      }
    };
    const events = Array.from({ length: 15 }, (_, index) => `event_${index}`);
    await Promise.all(
      events.flatMap((eventId) => instances.map((instance) => deliver(instance, eventId))),
    );
    expect(processed.sort()).toEqual(events.sort());
  });
});

test("a processed event stays processed after a restart of the app", async () => {
  const before = createInstance();
  expect(await before.begin("event_restart")).toBe("new");
  expect(await before.finish("event_restart")).toBe(true);
  expect(await createInstance().begin("event_restart")).toBe("done");
});

test("a deleted user is deleted for every instance, even after a restart", async () => {
  expect(await createInstance().isDeleted("kp_deleted")).toBe(false);
  await Promise.all(Array.from({ length: 20 }, () => createInstance().markDeleted("kp_deleted")));
  expect(await createInstance().isDeleted("kp_deleted")).toBe(true);
  expect(await createInstance().isDeleted("kp_other")).toBe(false);
});
