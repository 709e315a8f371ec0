import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createMemoryDeliveries,
  createWebhookHandler,
  type Deliveries,
  type KindeEvent,
  type WebhookHandler,
  type WebhookHandlerOptions,
} from "../src/index.ts";
import { type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

let kinde: FakeKinde;
let stranger: FakeKinde;
let handler: WebhookHandler;
let deliveries: Deliveries;
let rows: Set<string>;
let calls: string[];
let events: KindeEvent[];
let errors: string[];
let databaseIsUp: boolean;
/** Runs at the end of the next onUserCreated, when the row is stored. */
let meanwhile: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
});
afterAll(() => Promise.all([kinde.stop(), stranger.stop()]));

beforeEach(() => {
  vi.restoreAllMocks();
  rows = new Set();
  calls = [];
  events = [];
  errors = [];
  meanwhile = undefined;
  databaseIsUp = true;
  deliveries = createMemoryDeliveries();
  handler = createHandler();
});

function createHandler(more: Partial<WebhookHandlerOptions> = {}): WebhookHandler {
  const change = (name: string, action: () => void) => {
    calls.push(name);
    if (!databaseIsUp) throw new Error("the database does not answer");
    action();
  };
  return createWebhookHandler({
    issuer: kinde.url,
    deliveries,
    onUserCreated: async ({ id }) => {
      change("created", () => rows.add(id));
      const then = meanwhile;
      meanwhile = undefined;
      await then?.();
    },
    onUserDeleted: async ({ id }) => change("deleted", () => rows.delete(id)),
    onEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error.code),
    ...more,
  });
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

let count = 0;
const eventOf = (type: string, more: Record<string, unknown> = {}) => ({
  type,
  event_id: `event_${++count}`,
  event_timestamp: new Date().toISOString(),
  source: "user",
  timestamp: new Date().toISOString(),
  data: { user: { id: USER, email: "ada@example.com" } },
  ...more,
});
const signed = (type: string, more?: Record<string, unknown>) => kinde.sign(eventOf(type, more));

async function post(body: string, headers: Record<string, string> = {}, to = handler) {
  return to(
    new Request("https://app.example.com/hook", {
      method: "POST",
      headers: { "content-type": "application/jwt", "webhook-id": `msg_${++count}`, ...headers },
      body,
    }),
  );
}
const deliver = async (body: string, headers?: Record<string, string>, to?: WebhookHandler) =>
  (await post(body, headers, to)).status;

describe("200, because the event was handled", () => {
  test("user.created stores the user", async () => {
    expect(await deliver(await signed("user.created"))).toBe(200);
    expect(rows).toContain(USER);
  });

  test("user.deleted deletes the user", async () => {
    await deliver(await signed("user.created"));
    expect(await deliver(await signed("user.deleted"))).toBe(200);
    expect(rows).not.toContain(USER);
  });

  test("another event is passed to onEvent", async () => {
    const body = await signed("organization.updated", { data: { x: 1 } });
    expect(await deliver(body)).toBe(200);
    expect(events).toMatchObject([{ type: "organization.updated", data: { x: 1 } }]);
    expect(events[0]?.occurredAt).toBeInstanceOf(Date);
  });

  test("another event is accepted without onEvent, so that Kinde does not send it again", async () => {
    const without = createHandler({ onEvent: undefined });
    expect(await deliver(await signed("organization.updated"), {}, without)).toBe(200);
  });

  test("the answer waits for the end of the callback", async () => {
    const work = deferred();
    const started = deferred();
    const slow = createHandler({
      onUserCreated: () => {
        started.resolve();
        return work.promise;
      },
    });
    let answered = false;
    const answer = deliver(await signed("user.created"), {}, slow).then((status) => {
      answered = true;
      return status;
    });
    await started.promise;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    work.resolve();
    expect(await answer).toBe(200);
  });
});

describe("the idempotency key is the signed event_id", () => {
  test("a repeated event is answered with 200 and not handled again, whatever its webhook-id", async () => {
    const body = await signed("user.created");
    expect(await deliver(body, { "webhook-id": "msg_1" })).toBe(200);
    expect(await deliver(body, { "webhook-id": "msg_1" })).toBe(200);
    expect(await deliver(body, { "webhook-id": "msg_2" })).toBe(200);
    expect(calls).toEqual(["created"]);
  });

  test("two events with the same webhook-id are both handled", async () => {
    const same = { "webhook-id": "msg_same" };
    expect(await deliver(await signed("user.created"), same)).toBe(200);
    expect(await deliver(await signed("user.deleted"), same)).toBe(200);
    expect(calls).toEqual(["created", "deleted"]);
  });

  test("if one event arrives ten times at once, one request handles it and the others get 503", async () => {
    const body = await signed("user.created");
    const statuses: number[] = [];
    // The work ends when the nine others have their answers.
    meanwhile = () => vi.waitFor(() => expect(statuses).toHaveLength(9), { timeout: 20_000 });
    const send = async () => void statuses.push(await deliver(body));
    await Promise.all(Array.from({ length: 10 }, send));
    expect(statuses.toSorted()).toEqual([200, ...Array(9).fill(503)]);
    expect(calls).toEqual(["created"]);
    expect(await deliver(body)).toBe(200);
  });
});

describe("a deleted user stays deleted", () => {
  test("when user.created comes after user.deleted", async () => {
    expect(await deliver(await signed("user.deleted"))).toBe(200);
    expect(await deliver(await signed("user.created"))).toBe(200);
    expect(rows).not.toContain(USER);
    expect(calls).not.toContain("created");
  });

  test("when user.deleted comes while user.created is being handled", async () => {
    const deleted = await signed("user.deleted");
    meanwhile = async () => {
      expect(await deliver(deleted)).toBe(200);
      // The database stores the row of user.created only after the deletion.
      rows.add(USER);
    };
    expect(await deliver(await signed("user.created"))).toBe(200);
    expect(rows).not.toContain(USER);
  });

  test("when the deletion fails at first, because the retry deletes the user", async () => {
    const created = await signed("user.created");
    const deleted = await signed("user.deleted");
    meanwhile = async () => {
      await deliver(deleted);
      rows.add(USER);
      databaseIsUp = false;
    };
    expect(await deliver(created)).toBe(503);
    expect(rows).toContain(USER);
    databaseIsUp = true;
    expect(await deliver(created)).toBe(200);
    expect(rows).not.toContain(USER);
  });

  test("when a user.created comes after a failed user.deleted and before its retry", async () => {
    rows.add(USER);
    const deleted = await signed("user.deleted");
    databaseIsUp = false;
    expect(await deliver(deleted)).toBe(503);
    databaseIsUp = true;
    await deliver(await signed("user.created"));
    expect(await deliver(deleted)).toBe(200);
    expect(rows).not.toContain(USER);
  });

  test("because the deletion is remembered before the callback runs", async () => {
    databaseIsUp = false;
    await deliver(await signed("user.deleted"));
    expect(await deliveries.isUserDeleted(USER)).toBe(true);
  });
});

describe("503, so that Kinde sends the event again", () => {
  test("when the callback fails, and the retry does the work", async () => {
    const body = await signed("user.created");
    databaseIsUp = false;
    const answer = await post(body);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("the database");
    databaseIsUp = true;
    expect(await deliver(body)).toBe(200);
    expect(rows).toContain(USER);
    expect(errors).toEqual(["FAILED"]);
  });

  test("when onEvent fails", async () => {
    const onEvent = () => Promise.reject(new Error("no"));
    expect(await deliver(await signed("x"), {}, createHandler({ onEvent }))).toBe(503);
  });

  test.each(["begin", "finish", "isUserDeleted"] as const)(
    "when %s of the deliveries fails",
    async (method) => {
      const body = await signed("user.created");
      const work = deliveries[method].bind(deliveries);
      const fail = () => Promise.reject(new Error("the database does not answer"));
      Object.assign(deliveries, { [method]: fail });
      expect(await deliver(body)).toBe(503);
      Object.assign(deliveries, { [method]: work });
      expect(await deliver(body)).toBe(200);
      expect(rows).toContain(USER);
    },
  );

  test("when abandon fails, too, after the callback failed", async () => {
    databaseIsUp = false;
    deliveries.abandon = () => Promise.reject(new Error("the database does not answer"));
    expect(await deliver(await signed("user.created"))).toBe(503);
  });

  test("when begin returns an unknown value", async () => {
    deliveries.begin = async () => "maybe" as "new";
    expect(await deliver(await signed("user.created"))).toBe(503);
    expect(calls).toEqual([]);
  });

  test("while Kinde's keys cannot be fetched", async () => {
    const unreachable = createHandler({ issuer: "http://127.0.0.1:1" });
    const answer = await post(await signed("user.created"), {}, unreachable);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(errors).toEqual(["KEY_SET_UNAVAILABLE"]);
  });

  test("while the issuer is not configured", async () => {
    const without = createHandler({ issuer: undefined as unknown as string });
    expect(await deliver(await signed("user.created"), {}, without)).toBe(503);
  });
});

describe("a body is refused, and no callback runs", () => {
  const refused = async (body: string, status: number, code: string) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ type: "urn:kinde-claims:webhook-refused", code });
    expect(calls).toEqual([]);
    expect(events).toEqual([]);
    expect(errors).toEqual([code]);
  };

  test("that another issuer's key signed", async () => {
    await refused(await stranger.sign(eventOf("user.created")), 401, "BAD_SIGNATURE");
  });
  test("that is not signed", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = `${part({ alg: "none" })}.${part(eventOf("user.deleted"))}.`;
    await refused(body, 401, "BAD_SIGNATURE");
  });
  test.each(["hello", "", "{}"])("that is not a JWT: %j", async (body) => {
    await refused(body, 401, "BAD_SIGNATURE");
  });
  test("with another issuer", async () => {
    const body = await signed("user.created", { iss: "https://other.kinde.com" });
    await refused(body, 401, "WRONG_ISSUER");
  });
  test("that is a user's access token, although the same key signed it", async () => {
    await refused(await kinde.token(eventOf("user.deleted")), 400, "NOT_AN_EVENT");
  });
  test.each([
    { event_id: undefined },
    { event_id: "" },
    { event_id: 7 },
    { type: undefined },
    { type: 7 },
    { data: undefined },
    { data: "x" },
    { data: [] },
    { event_timestamp: undefined, timestamp: undefined },
    { event_timestamp: "yesterday" },
    { event_timestamp: 7 },
  ])("that is an event with %j", async (more) => {
    await refused(await signed("user.created", more), 400, "NOT_AN_EVENT");
  });
  test.each([
    {},
    { user: null },
    { user: {} },
    { user: { id: 7 } },
    { user: { id: "ada" } },
    { user: { id: "kp_a b" } },
  ])("that is a user.created with the data %j", async (data) => {
    await refused(await signed("user.created", { data }), 400, "NOT_AN_EVENT");
  });
  test("that is a user.deleted without a user", async () => {
    await refused(await signed("user.deleted", { data: {} }), 400, "NOT_AN_EVENT");
  });
});

describe("the age of an event", () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

  test("after 47 hours it is accepted", async () => {
    const body = await signed("user.created", { event_timestamp: hoursAgo(47) });
    expect(await deliver(body)).toBe(200);
  });
  test("after 49 hours it is refused", async () => {
    const body = await signed("user.created", { event_timestamp: hoursAgo(49) });
    expect(await deliver(body)).toBe(400);
    expect(errors).toEqual(["TOO_OLD"]);
    expect(calls).toEqual([]);
  });
  test("a copy that arrives after the deliveries forgot the event is refused", async () => {
    const body = await signed("user.created");
    expect(await deliver(body)).toBe(200);
    const later = Date.now() + 49 * 3_600_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(await deliver(body, {}, createHandler({ deliveries: createMemoryDeliveries() }))).toBe(
      400,
    );
  });
  test("a time with microseconds, as in Kinde's events, is accepted", async () => {
    const time = new Date().toISOString().replace("Z", "123Z");
    expect(await deliver(await signed("user.created", { event_timestamp: time }))).toBe(200);
  });
});

describe("a request that is not a webhook", () => {
  test("GET: 405", async () => {
    const answer = await handler(new Request("https://app.example.com/hook"));
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });
  test.each(["application/json", "application/jwtx", ""])("content type %j: 415", async (type) => {
    expect(await deliver(await signed("user.created"), { "content-type": type })).toBe(415);
  });
  test("a content type with a parameter is accepted", async () => {
    const type = "application/jwt; charset=utf-8";
    expect(await deliver(await signed("user.created"), { "content-type": type })).toBe(200);
  });
  test("a body of more than 64 kB: 413", async () => {
    expect(await deliver("x".repeat(64 * 1024 + 1))).toBe(413);
  });
  test("an endless body: 413 after 64 kB", async () => {
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks++;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    const init = { method: "POST", headers: { "content-type": "application/jwt" }, body };
    const request = new Request("https://app.example.com/", { ...init, duplex: "half" });
    expect((await handler(request)).status).toBe(413);
    expect(chunks).toBeLessThan(80);
  });
  test("a body that stops in the middle: 400 after ten seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(10)),
      });
      const init = { method: "POST", headers: { "content-type": "application/jwt" }, body };
      const request = new Request("https://app.example.com/", { ...init, duplex: "half" });
      const answer = handler(request);
      await vi.advanceTimersByTimeAsync(9_900);
      expect(errors).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      expect((await answer).status).toBe(400);
      expect(errors).toEqual(["BODY_UNREADABLE"]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
  test("a body that was read before: 400, and the error says so", async () => {
    const init = { method: "POST", headers: { "content-type": "application/jwt" } };
    const body = await signed("user.created");
    const request = new Request("https://app.example.com/", { ...init, body });
    await request.text();
    const answer = await handler(request);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: "BODY_UNREADABLE",
      detail: expect.stringContaining("was read before"),
    });
  });
  test("a body whose stream fails: 400", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error("broken"));
      },
    });
    const init = { method: "POST", headers: { "content-type": "application/jwt" }, body };
    const request = new Request("https://app.example.com/", { ...init, duplex: "half" });
    expect((await handler(request)).status).toBe(400);
  });
});

test("an onError that rejects does not end the process", async () => {
  const rejections: unknown[] = [];
  const listener = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", listener);
  const onError = () => Promise.reject(new Error("the log is full"));
  expect(await deliver("hello", {}, createHandler({ onError }))).toBe(401);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", listener);
  expect(rejections).toEqual([]);
});

test("an onError that throws does not change the answer", async () => {
  const onError = () => {
    throw new Error("the log is full");
  };
  expect(await deliver("hello", {}, createHandler({ onError }))).toBe(401);
});
