import express from "express";
import { createMemoryDeliveries } from "kinde-claims";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ProfileStoreError } from "../profiles/storeError.ts";
import { webhookRoutes } from "../routes/webhookRoutes.ts";
import { type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

/**
 * What this app does with Kinde's events. The tests of kinde-claims show which requests are
 * refused, and why.
 */
let kinde: FakeKinde;
let stranger: FakeKinde;
let receiver: Awaited<ReturnType<typeof serve>>;
let rows: Set<string>;
let calls: string[];
let databaseIsUp: boolean;
let log: string[];
let ended: string[];

beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
});
afterAll(() => Promise.all([kinde?.stop(), stranger?.stop()]));

beforeEach(async () => {
  rows = new Set();
  calls = [];
  log = [];
  ended = [];
  databaseIsUp = true;
  const change = (name: string, action: (userId: string) => void) => async (userId: string) => {
    calls.push(name);
    if (!databaseIsUp) throw new ProfileStoreError("making the profile failed (no answer)");
    action(userId);
  };
  const webhooks = webhookRoutes({
    issuer: kinde.url,
    profiles: {
      ensure: change("ensure", (userId) => rows.add(userId)),
      remove: change("remove", (userId) => rows.delete(userId)),
    },
    deliveries: createMemoryDeliveries(),
    endSessions: async (userId) => void ended.push(userId),
    log: (line) => void log.push(line),
  });
  receiver = await serve(express().all("/hook", webhooks));
});
afterEach(() => receiver.stop());

const signed = (type: string, by = kinde) =>
  by.sign({
    type,
    event_id: `event_${Math.random()}`,
    event_timestamp: new Date().toISOString(),
    data: { user: { id: USER, email: "ada@example.com" } },
  });
async function deliver(body: string, type = "application/jwt") {
  const init = { method: "POST", headers: { "content-type": type }, body };
  const response = await fetch(`${receiver.url}/hook`, init);
  return { status: response.status, body: await response.text() };
}

test("user.created makes the row", async () => {
  expect((await deliver(await signed("user.created"))).status).toBe(200);
  expect(rows).toContain(USER);
});

test("user.deleted removes the row and ends the user's sessions", async () => {
  await deliver(await signed("user.created"));
  expect((await deliver(await signed("user.deleted"))).status).toBe(200);
  expect(rows).not.toContain(USER);
  expect(ended).toEqual([USER]);
});

test("user.deleted ends the user's sessions also when the row cannot be removed", async () => {
  databaseIsUp = false;
  expect((await deliver(await signed("user.deleted"))).status).toBe(503);
  expect(ended).toEqual([USER]);
});

test("user.created that comes after user.deleted does not bring the row back", async () => {
  expect((await deliver(await signed("user.deleted"))).status).toBe(200);
  expect((await deliver(await signed("user.created"))).status).toBe(200);
  expect(rows).not.toContain(USER);
});

test("an event that is sent again does nothing", async () => {
  const event = await signed("user.created");
  for (let times = 0; times < 2; times++) expect((await deliver(event)).status).toBe(200);
  expect(calls).toEqual(["ensure"]);
});

test("while the database is away, the answer is 503, the log says why, and the retry makes the row", async () => {
  const event = await signed("user.created");
  databaseIsUp = false;
  const { status, body } = await deliver(event);
  expect(status).toBe(503);
  expect(body).not.toContain("profile");
  expect(log).toEqual([
    'webhook failed code=FAILED reason="The event could not be handled (making the profile failed (no answer))"',
  ]);
  databaseIsUp = true;
  expect((await deliver(event)).status).toBe(200);
  expect(rows).toContain(USER);
});

describe("does nothing, and writes the reason into the log, for", () => {
  test("an event with another signer: 401", async () => {
    expect((await deliver(await signed("user.created", stranger))).status).toBe(401);
    expect(log).toEqual([expect.stringMatching(/^webhook refused code=BAD_SIGNATURE reason="/)]);
    expect(calls).toEqual([]);
  });

  test("another content type: 415", async () => {
    expect((await deliver(await signed("user.created"), "application/json")).status).toBe(415);
    expect(log).toEqual([expect.stringContaining("code=WRONG_CONTENT_TYPE")]);
    expect(calls).toEqual([]);
  });

  test("a body that is too large: 413", async () => {
    expect((await deliver("x".repeat(70_000))).status).toBe(413);
    expect(log).toEqual([expect.stringContaining("code=BODY_TOO_LARGE")]);
  });
});

test("no log line holds an event or a user id", async () => {
  databaseIsUp = false;
  const events = [await signed("user.created"), await signed("user.deleted", stranger)];
  for (const event of events) await deliver(event);
  expect(log).toHaveLength(2);
  expect(log.join()).not.toMatch(/eyJ|kp_\w|ada@/);
});
