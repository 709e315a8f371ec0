import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { createWebhookHandler, type Deliveries, type WebhookHandler } from "kinde-claims";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";
import { createDatabaseDeliveries, DeliveriesError } from "../webhooks/databaseDeliveries.ts";
import { serve } from "./support/serve.ts";

/** These tests use a real PostgreSQL and PostgREST, with the project's migrations. */
let supabase: LocalSupabase;
let owner: pg.Client;
let kinde: { url: string; stop: () => Promise<void> };
let sign: (payload: Record<string, unknown>) => Promise<string>;

beforeAll(async () => {
  supabase = await startSupabase({ seed: false });
  owner = new pg.Client({ connectionString: supabase.databaseUrl });
  await owner.connect();
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  kinde = await serve((_req, res) => void res.end(JSON.stringify({ keys: [jwk] })));
  const header = { alg: "RS256", kid: "key-1" };
  sign = (payload) => new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
});
afterAll(async () => {
  await kinde?.stop();
  await owner?.end();
  await supabase?.stop();
});

/** A new instance of the app, or the same one after a restart. */
const startInstance = (): Deliveries =>
  createDatabaseDeliveries({ url: supabase.url, secretKey: supabase.secretKey });

let count = 0;
const newEvent = () => `event_${++count}`;
const newUser = () => `kp_deliveries_${++count}`;

describe("two instances", () => {
  test("share the state of an event: while one processes it, it is busy for the other, and then done", async () => {
    const [first, second] = [startInstance(), startInstance()];
    const event = newEvent();
    expect(await first.begin(event)).toBe("new");
    expect(await second.begin(event)).toBe("busy");
    await first.finish(event);
    expect(await second.begin(event)).toBe("done");
  });

  test("share an event that one gives up: it is new for the other", async () => {
    const [first, second] = [startInstance(), startInstance()];
    const event = newEvent();
    await first.begin(event);
    await first.abandon(event);
    expect(await second.begin(event)).toBe("new");
  });

  test("cannot give up an event that the other one processes", async () => {
    const [first, second] = [startInstance(), startInstance()];
    const event = newEvent();
    await first.begin(event);
    await second.abandon(event);
    expect(await second.begin(event)).toBe("busy");
  });

  test("share the deletion of a user that one of them received", async () => {
    const [first, second] = [startInstance(), startInstance()];
    const user = newUser();
    expect(await second.isUserDeleted(user)).toBe(false);
    await first.markUserDeleted(user);
    await first.markUserDeleted(user);
    expect(await second.isUserDeleted(user)).toBe(true);
    expect(await second.isUserDeleted(newUser())).toBe(false);
  });
});

describe("after a restart", () => {
  test("events that were processed and users who were deleted are remembered", async () => {
    const before = startInstance();
    const [event, user] = [newEvent(), newUser()];
    await before.begin(event);
    await before.finish(event);
    await before.markUserDeleted(user);
    const after = startInstance();
    expect(await after.begin(event)).toBe("done");
    expect(await after.isUserDeleted(user)).toBe(true);
  });

  test("an event that was being processed is new again after 60 seconds", async () => {
    const event = newEvent();
    await startInstance().begin(event);
    const after = startInstance();
    expect(await after.begin(event)).toBe("busy");
    await owner.query(
      "update private.webhook_deliveries set claimed_at = now() - interval '61 seconds' where event_id = $1",
      [event],
    );
    expect(await after.begin(event)).toBe("new");
  });
});

describe("with the webhook handler of kinde-claims", () => {
  const rows = new Set<string>();
  const calls: string[] = [];
  const startHandler = (): WebhookHandler =>
    createWebhookHandler({
      issuer: kinde.url,
      deliveries: startInstance(),
      onUserCreated: ({ id }) => {
        calls.push(`created ${id}`);
        rows.add(id);
      },
      onUserDeleted: ({ id }) => {
        calls.push(`deleted ${id}`);
        rows.delete(id);
      },
    });
  const signEvent = (type: string, id: string) =>
    sign({
      type,
      event_id: newEvent(),
      event_timestamp: new Date().toISOString(),
      data: { user: { id } },
    });
  const deliver = async (handler: WebhookHandler, body: string) => {
    const headers = { "content-type": "application/jwt" };
    const request = new Request("https://app.example.com/", { method: "POST", headers, body });
    return (await handler(request)).status;
  };

  test("an event that three instances receive together is processed once", async () => {
    const user = newUser();
    const body = await signEvent("user.created", user);
    const handlers = [startHandler(), startHandler(), startHandler()];
    const statuses = await Promise.all(handlers.map((handler) => deliver(handler, body)));
    // The other requests found the event busy, or done if they came later.
    expect(statuses).toContain(200);
    expect(await deliver(startHandler(), body)).toBe(200);
    expect(calls.filter((call) => call === `created ${user}`)).toHaveLength(1);
  });

  test("a late user.created at another instance does not make the row of a deleted user again", async () => {
    const user = newUser();
    const created = await signEvent("user.created", user);
    expect(await deliver(startHandler(), await signEvent("user.deleted", user))).toBe(200);
    expect(await deliver(startHandler(), created)).toBe(200);
    expect(rows).not.toContain(user);
    expect(calls).not.toContain(`created ${user}`);
  });

  test("while the database is away, the answer is 503, and the retry makes the row", async () => {
    const user = newUser();
    const body = await signEvent("user.created", user);
    await supabase.postgrest.stop();
    const status = await deliver(startHandler(), body);
    await supabase.postgrest.start();
    expect(status).toBe(503);
    expect(await deliver(startHandler(), body)).toBe(200);
    expect(rows).toContain(user);
  });
});

describe("an error", () => {
  const failuresOf = async (deliveries: Deliveries): Promise<unknown[]> => {
    const results = await Promise.allSettled([
      deliveries.begin("event_secret"),
      deliveries.finish("event_secret"),
      deliveries.abandon("event_secret"),
      deliveries.markUserDeleted("kp_secret"),
      deliveries.isUserDeleted("kp_secret"),
    ]);
    return results.map((result) => (result.status === "rejected" ? result.reason : result.value));
  };

  test("holds neither the key nor an id", async () => {
    const secretKey = "sb_secret_wrong";
    for (const error of await failuresOf(
      createDatabaseDeliveries({ url: supabase.url, secretKey }),
    )) {
      expect(error).toBeInstanceOf(DeliveriesError);
      expect(String(error)).not.toMatch(/sb_secret|event_secret|kp_secret/);
    }
  });

  test("says which command to run if the migrations are missing", async () => {
    const { url, stop } = await serve((_req, res) => {
      res.writeHead(404, { "content-type": "application/json" });
      res.end(JSON.stringify({ code: "PGRST202", message: "kp_secret" }));
    });
    for (const error of await failuresOf(createDatabaseDeliveries({ url, secretKey: "x" }))) {
      expect(String(error)).toContain("npx supabase db push");
    }
    await stop();
  });

  test.each([null, "maybe", 7, {}])("is thrown for the unknown answer %j", async (answer) => {
    const { url, stop } = await serve((_req, res) => {
      res.writeHead(200, { "content-type": "application/json" });
      res.end(JSON.stringify(answer));
    });
    const deliveries = createDatabaseDeliveries({ url, secretKey: "x" });
    await expect(deliveries.begin("event_1")).rejects.toThrow(DeliveriesError);
    await expect(deliveries.isUserDeleted("kp_a")).rejects.toThrow(DeliveriesError);
    await stop();
  });

  test("is thrown after 3 seconds if Supabase does not answer", async () => {
    const { url, stop } = await serve(() => undefined);
    const startedAt = Date.now();
    for (const error of await failuresOf(createDatabaseDeliveries({ url, secretKey: "x" }))) {
      expect(error).toBeInstanceOf(DeliveriesError);
    }
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(2_900);
    await stop();
  });
});
