import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FakeKinde,
  startFakeKinde,
} from "../../../packages/kinde-claims/test/support/fakeKinde.ts";
import { createKindeWebhook } from "../../../supabase/functions/kinde-webhook/createKindeWebhook.ts";
import { useStack } from "../../supabase/support/stack.ts";

const stack = useStack();
let kinde: FakeKinde;
const log: string[] = [];
beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde?.stop());

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Starts a worker of the function. Unless `settings` change it, the worker has the settings that
 * Supabase gives a project with new keys.
 */
function worker(settings: Settings = {}) {
  const { url, secretKey } = stack.supabase;
  const all: Settings = {
    KINDE_DOMAIN: kinde.url,
    SUPABASE_URL: url,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
    ...settings,
  };
  const handler = createKindeWebhook({
    read: (name) => all[name],
    log: (line) => void log.push(line),
  });
  return async (body: string) => {
    const headers = { "content-type": "application/jwt" };
    const request = new Request("http://127.0.0.1/kinde-webhook", {
      method: "POST",
      headers,
      body,
    });
    return (await handler(request)).status;
  };
}

let count = 0;
const newUser = () => `kp_${String(++count).padStart(32, "0")}`;
const eventOf = (type: string, id: string) =>
  kinde.sign({
    type,
    event_id: `event_${randomUUID()}`,
    event_timestamp: new Date().toISOString(),
    data: { user: { id } },
  });
async function rowsOf(userId: string) {
  const text = "select lifetime_subscriber from public.profiles where kinde_id = $1";
  return (await stack.owner.query(text, [userId])).rows;
}

describe.each([
  ["a secret key", {}],
  [
    "a legacy service_role key",
    () => ({
      SUPABASE_SECRET_KEYS: undefined,
      SUPABASE_SERVICE_ROLE_KEY: stack.supabase.serviceRoleJwt,
    }),
  ],
] as const)("with %s", (_, given) => {
  const settings = () => (typeof given === "function" ? given() : given);

  test("user.created creates the row, and user.deleted deletes it", async () => {
    const deliver = worker(settings());
    const user = newUser();
    expect(await deliver(await eventOf("user.created", user))).toBe(200);
    expect(await rowsOf(user)).toEqual([{ lifetime_subscriber: false }]);
    expect(await deliver(await eventOf("user.deleted", user))).toBe(200);
    expect(await rowsOf(user)).toEqual([]);
  });
});

test("user.created does not change an existing row", async () => {
  const user = newUser();
  await stack.owner.query(
    "insert into public.profiles (kinde_id, lifetime_subscriber) values ($1, true)",
    [user],
  );
  expect(await worker()(await eventOf("user.created", user))).toBe(200);
  expect(await rowsOf(user)).toEqual([{ lifetime_subscriber: true }]);
});

test("user.created creates no row if another worker received user.deleted before", async () => {
  const user = newUser();
  expect(await worker()(await eventOf("user.deleted", user))).toBe(200);
  expect(await worker()(await eventOf("user.created", user))).toBe(200);
  expect(await rowsOf(user)).toEqual([]);
});

test("two workers process the same event once", async () => {
  const user = newUser();
  const event = await eventOf("user.created", user);
  expect(await worker()(event)).toBe(200);
  await stack.owner.query("delete from public.profiles where kinde_id = $1", [user]);
  expect(await worker()(event)).toBe(200);
  expect(await rowsOf(user)).toEqual([]);
});

test("user.deleted of a user without a row answers 200", async () => {
  expect(await worker()(await eventOf("user.deleted", newUser()))).toBe(200);
});

test("an event of another Kinde answers 401 and changes nothing", async () => {
  const stranger = await startFakeKinde();
  const user = newUser();
  const event = await stranger.sign({
    type: "user.created",
    event_id: `event_${randomUUID()}`,
    event_timestamp: new Date().toISOString(),
    data: { user: { id: user } },
  });
  await stranger.stop();
  expect(await worker()(event)).toBe(401);
  expect(await rowsOf(user)).toEqual([]);
});

test("without PostgREST it answers 503, after PostgREST's restart 200 to the same event, and it logs no key and no id", async () => {
  const user = newUser();
  const event = await eventOf("user.created", user);
  await stack.supabase.postgrest.stop();
  log.length = 0;
  expect(await worker()(event)).toBe(503);
  await stack.supabase.postgrest.start();
  expect(await worker()(event)).toBe(200);
  expect(await rowsOf(user)).toHaveLength(1);
  expect(log).toEqual([expect.stringMatching(/^kinde-webhook: failed code=FAILED/)]);
  expect(log.join()).not.toContain(user);
  expect(log.join()).not.toContain(stack.supabase.secretKey);
});
