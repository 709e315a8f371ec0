import express from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ProfileStoreError } from "../profiles/profile.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { createWebhookVerifier, WebhookRefused } from "../webhooks/verifyWebhook.ts";
import { createWebhookMemory } from "../webhooks/webhookMemory.ts";
import { webhookReceiver } from "../webhooks/webhookReceiver.ts";
import { type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

let kinde: FakeKinde;
let stranger: FakeKinde;
let receiver: Awaited<ReturnType<typeof serve>>;
let rows: Set<string>;
let calls: string[];
let databaseIsUp: boolean;
let log: string[];
let ended: string[];
/** Runs in the middle of the next ensure, when the row is there already. */
let meanwhile: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
});
afterAll(() => Promise.all([kinde.stop(), stranger.stop()]));

beforeEach(async () => {
  rows = new Set();
  calls = [];
  log = [];
  ended = [];
  meanwhile = undefined;
  databaseIsUp = true;
  const change = (name: string, action: (userId: string) => void) => async (userId: string) => {
    calls.push(name);
    if (!databaseIsUp) throw new ProfileStoreError("making the profile failed (no answer)");
    action(userId);
  };
  const store = {
    async ensure(userId) {
      await change("ensure", () => rows.add(userId))(userId);
      const then = meanwhile;
      meanwhile = undefined;
      await then?.();
    },
    remove: change("remove", (userId) => rows.delete(userId)),
  } as Partial<ProfileStore> as ProfileStore;
  await receiver?.stop();
  receiver = await serve(
    express().use(
      "/hook",
      webhookReceiver({
        verify: createWebhookVerifier(kinde.url),
        store,
        memory: createWebhookMemory(),
        onDeleted: (userId) => void ended.push(userId),
        log: (line) => void log.push(line),
      }),
    ),
  );
});
afterAll(() => receiver.stop());

const event = (type: string, more: Record<string, unknown> = {}) => ({
  type,
  event_id: `event_${Math.random()}`,
  event_timestamp: "2026-11-20T09:00:00Z",
  source: "user",
  timestamp: "2026-11-20T09:00:01Z",
  data: { user: { id: USER, email: "ada@example.com" } },
  ...more,
});

let deliveries = 0;
async function deliver(body: string, webhookId = `msg_${++deliveries}`, type = "application/jwt") {
  const response = await fetch(`${receiver.url}/hook`, {
    method: "POST",
    headers: { "content-type": type, "webhook-id": webhookId },
    body,
  });
  await response.text();
  return response.status;
}
const signed = async (type: string, more?: Record<string, unknown>) =>
  kinde.sign(event(type, more));

test("user.created makes the row", async () => {
  expect(await deliver(await signed("user.created"))).toBe(204);
  expect(rows).toContain(USER);
});

test("user.deleted deletes the row", async () => {
  await deliver(await signed("user.created"));
  expect(await deliver(await signed("user.deleted"))).toBe(204);
  expect(rows).not.toContain(USER);
});

test("user.created that comes after user.deleted does not bring the row back", async () => {
  expect(await deliver(await signed("user.deleted"))).toBe(204);
  expect(await deliver(await signed("user.created"))).toBe(204);
  expect(rows).not.toContain(USER);
});

test("a row that was made while its user was deleted goes, also when that fails at first", async () => {
  const [created, deleted] = await Promise.all([signed("user.created"), signed("user.deleted")]);
  meanwhile = async () => {
    expect(await deliver(deleted)).toBe(204);
    // Made by the statement that was on its way; cleaning up then fails.
    rows.add(USER);
    databaseIsUp = false;
  };
  expect(await deliver(created, "msg_between")).toBe(503);
  expect(rows).toContain(USER);
  databaseIsUp = true;
  expect(await deliver(created, "msg_between")).toBe(204);
  expect(rows).not.toContain(USER);
});

test("user.deleted ends what the user still has, also while the database is away", async () => {
  databaseIsUp = false;
  expect(await deliver(await signed("user.deleted"))).toBe(503);
  expect(ended).toEqual([USER]);
});

test("a body that is too large is refused as a problem", async () => {
  const response = await fetch(`${receiver.url}/hook`, {
    method: "POST",
    headers: { "content-type": "application/jwt" },
    body: "x".repeat(70_000),
  });
  expect(response.status).toBe(413);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({ type: "urn:profile-claims:webhook-refused" });
});

test("events that are of no interest are taken, so that Kinde does not send them again", async () => {
  expect(await deliver(await signed("organization.updated", { data: { x: 1 } }))).toBe(204);
  expect(calls).toEqual([]);
});

describe("webhook-id", () => {
  test("the same delivery again does nothing", async () => {
    const body = await signed("user.created");
    expect(await deliver(body, "msg_same")).toBe(204);
    expect(await deliver(body, "msg_same")).toBe(204);
    expect(calls).toEqual(["ensure"]);
  });

  test("ten at once are one piece of work", async () => {
    const body = await signed("user.created");
    const statuses = await Promise.all(Array.from({ length: 10 }, () => deliver(body, "msg_ten")));
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(calls).toEqual(["ensure"]);
  });
});

test("with the database away: 503, and the retry does the work", async () => {
  const body = await signed("user.created");
  databaseIsUp = false;
  expect(await deliver(body, "msg_retry")).toBe(503);
  databaseIsUp = true;
  expect(await deliver(body, "msg_retry")).toBe(204);
  expect(rows).toContain(USER);
});

test("user.deleted that failed is done by its retry, though a user.created came between", async () => {
  rows.add(USER);
  const deleted = await signed("user.deleted");
  databaseIsUp = false;
  expect(await deliver(deleted, "msg_deleted")).toBe(503);
  databaseIsUp = true;
  await deliver(await signed("user.created"));
  expect(await deliver(deleted, "msg_deleted")).toBe(204);
  expect(rows).not.toContain(USER);
});

describe("is refused with 400, and nothing is done", () => {
  test("an event signed by somebody else", async () => {
    expect(await deliver(await stranger.sign(event("user.created")))).toBe(400);
  });
  test("an event of another issuer", async () => {
    expect(await deliver(await signed("user.created", { iss: "https://other.kinde.com" }))).toBe(
      400,
    );
  });
  test("an unsigned event", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    expect(await deliver(`${part({ alg: "none" })}.${part(event("user.deleted"))}.`)).toBe(400);
  });
  test("a user's own access token, which the same key signed", async () => {
    expect(await deliver(await kinde.token(event("user.deleted")))).toBe(400);
  });
  test("an event without an id", async () => {
    expect(await deliver(await signed("user.created", { event_id: undefined }))).toBe(400);
  });
  test("an event without a type", async () => {
    expect(await deliver(await signed("user.created", { type: 7 }))).toBe(400);
  });
  test.each([
    {},
    { user: {} },
    { user: { id: 7 } },
    { user: { id: "ada" } },
    { user: { id: "kp_a b" } },
  ])("a user.created about %j", async (data) => {
    expect(await deliver(await signed("user.created", { data }))).toBe(400);
  });
  test("another content type", async () => {
    expect(await deliver(await signed("user.created"), "msg_json", "application/json")).toBe(400);
  });
  test("something that is no token", async () => {
    expect(await deliver("hello")).toBe(400);
  });
});

test("a refused event leaves no row, and the log says why without the body", async () => {
  await deliver(await stranger.sign(event("user.created")));
  expect(calls).toEqual([]);
  expect(log).toEqual(["webhook refused: its signature is not this tenant's"]);
});

test("while Kinde's keys cannot be had: 503, so that Kinde sends it again", async () => {
  const unreachable = await serve(
    express().use(
      webhookReceiver({
        verify: createWebhookVerifier("http://127.0.0.1:1"),
        store: {} as ProfileStore,
        memory: createWebhookMemory(),
        log: () => undefined,
      }),
    ),
  );
  const response = await fetch(unreachable.url, {
    method: "POST",
    headers: { "content-type": "application/jwt" },
    body: await signed("user.created"),
  });
  expect(response.status).toBe(503);
  await unreachable.stop();
});

test.each([[{}], [{ keys: "none" as unknown as object[] }]])(
  "while Kinde publishes %j instead of keys: 503",
  async (jwks) => {
    const right = kinde.jwks;
    kinde.jwks = jwks;
    // A verifier of its own: the others have the keys already.
    const verify = createWebhookVerifier(kinde.url);
    await expect(verify(await signed("user.created"))).rejects.not.toThrow(WebhookRefused);
    kinde.jwks = right;
    expect((await verify(await signed("user.created"))).type).toBe("user.created");
  },
);

test("the memory forgets after two days, and not before", async () => {
  let now = 0;
  const memory = createWebhookMemory(() => now);
  await memory.markHandled("old");
  now = 47 * 60 * 60 * 1000;
  await memory.markHandled("new");
  expect(await memory.wasHandled("old")).toBe(true);
  now = 49 * 60 * 60 * 1000;
  await memory.markHandled("newer");
  expect(await memory.wasHandled("old")).toBe(false);
  expect(await memory.wasHandled("new")).toBe(true);
});
