import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigurationError, type Deliveries, RequestError } from "../src/index.ts";
import { createSupabaseDeliveries, createSupabaseQueue } from "../src/supabase/index.ts";
import { USER } from "./support/fakeKinde.ts";
import { type FakeSupabase, startFakeSupabase } from "./support/fakeSupabase.ts";

const KEY = "sb_secret_0123456789";
const LEGACY_KEY = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";

let supabase: FakeSupabase;
beforeAll(async () => {
  supabase = await startFakeSupabase();
});
beforeEach(() => {
  supabase.calls.length = 0;
  supabase.answer = () => false;
});
afterAll(() => supabase.stop());

const options = (more = {}) => ({ url: supabase.url, secretKey: KEY, ...more });
const answerWith = (status: number, body: unknown) => {
  supabase.answer = (_call, res) => {
    res.writeHead(status, { "content-type": "application/json" });
    res.end(typeof body === "string" ? body : JSON.stringify(body));
    return true;
  };
};

async function failureOf(work: Promise<unknown>): Promise<RequestError> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(RequestError);
  const shown = `${error} ${JSON.stringify(error)}`;
  for (const hidden of [KEY, LEGACY_KEY, USER, "event_1"]) expect(shown).not.toContain(hidden);
  return error as RequestError;
}

describe("createSupabaseQueue", () => {
  test("takes messages at once, or waits for them", async () => {
    const queue = createSupabaseQueue(options());
    supabase.queue.send(USER);
    const taken = await queue.take({ quantity: 10, waitSeconds: 0 });
    expect(taken).toEqual([{ id: "1", userId: USER, attempts: 1 }]);
    await queue.settle({ done: ["1"], retry: [], dead: [] });
    await queue.take({ quantity: 10, waitSeconds: 0.1 });
    await queue.settle({ done: [], retry: [], dead: [] });
    expect(supabase.calls.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["take_claim_changes", { quantity: 10, hidden_seconds: 30 }],
      ["settle_claim_changes", { done: [1], retry: [], dead: [] }],
      ["wait_for_claim_changes", { quantity: 10, hidden_seconds: 30, wait_seconds: 1 }],
      ["settle_claim_changes", { done: [], retry: [], dead: [] }],
    ]);
  });

  test("never waits longer than the statement timeout of the database", async () => {
    answerWith(200, []);
    await createSupabaseQueue(options()).take({ quantity: 1, waitSeconds: 60 });
    expect(supabase.calls[0]?.parameters).toMatchObject({ wait_seconds: 7 });
  });

  test("the time limit of 5 s does not include the time that the function waits on purpose", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const hanging = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      });
    const queue = createSupabaseQueue(options({ fetch: hanging }));
    let code: string | undefined;
    const taken = failureOf(queue.take({ quantity: 1, waitSeconds: 3 })).then((error) => {
      code = error.code;
    });
    await vi.advanceTimersByTimeAsync(7_999);
    expect(code).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await taken;
    expect(code).toBe("TIMED_OUT");
  });

  test("settles with whole seconds", async () => {
    const retry = [{ id: "7", afterSeconds: 1.2 }];
    await createSupabaseQueue(options()).settle({ done: ["5"], retry, dead: ["6"] });
    expect(supabase.calls[0]?.parameters).toEqual({
      done: [5],
      retry: [{ message_id: 7, after_seconds: 2 }],
      dead: [6],
    });
  });

  test("ends a request when the signal is aborted", async () => {
    const caller = new AbortController();
    supabase.answer = () => {
      caller.abort();
      return true;
    };
    const queue = createSupabaseQueue(options());
    const { signal } = caller;
    const error = await failureOf(queue.take({ quantity: 1, waitSeconds: 5, signal }));
    expect(error.code).toBe("ABORTED");
  });

  test("returns a message without a user id, so that the relay can put it aside", async () => {
    answerWith(200, [{ message_id: 3, kinde_id: null, attempts: 1 }]);
    const taken = await createSupabaseQueue(options()).take({ quantity: 1, waitSeconds: 0 });
    expect(taken).toEqual([{ id: "3", userId: "", attempts: 1 }]);
  });

  test.each(["<h1>Welcome</h1>", "null", "{}", "[null]", '[{"message_id":"x","attempts":1}]'])(
    "refuses the answer %s",
    async (body) => {
      answerWith(200, body);
      const queue = createSupabaseQueue(options());
      const error = await failureOf(queue.take({ quantity: 1, waitSeconds: 0 }));
      expect(error.code).toBe("UNAVAILABLE");
      expect(error.message).toContain("/rest/v1/rpc/take_claim_changes: the answer is not");
    },
  );
});

describe("the key", () => {
  const headersOf = async (secretKey: string) => {
    await createSupabaseQueue(options({ secretKey })).take({ quantity: 1, waitSeconds: 0 });
    return supabase.calls[0]?.headers;
  };

  test("sb_secret_… is sent only in apikey", async () => {
    const headers = await headersOf(KEY);
    expect(headers).toMatchObject({ apikey: KEY, "user-agent": "kinde-claims" });
    expect(headers?.authorization).toBeUndefined();
  });

  test("a legacy key is sent in Authorization, too", async () => {
    expect(await headersOf(LEGACY_KEY)).toMatchObject({
      apikey: LEGACY_KEY,
      authorization: `Bearer ${LEGACY_KEY}`,
    });
  });

  test.each([
    ["sb_publishable_123", "is a publishable key"],
    [`${KEY}\n`, "has characters that no key has"],
    ["", "is missing"],
  ])(
    "%j is reported at the first use, and the error does not hold the key",
    async (secretKey, problem) => {
      const queue = createSupabaseQueue(options({ secretKey }));
      const error = await queue.take({ quantity: 1, waitSeconds: 0 }).catch((caught) => caught);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toContain(`createSupabaseQueue: secretKey ${problem}`);
      if (secretKey !== "") expect(error.message).not.toContain(secretKey.trim());
    },
  );
});

test.each(["http://example.supabase.co", "https://x.supabase.co/rest/v1", "x", undefined])(
  "the URL %s is refused, because it is neither an https origin nor an origin on this machine",
  async (url) => {
    const deliveries = createSupabaseDeliveries(options({ url }));
    const error = await deliveries.begin("event_1").catch((caught) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("createSupabaseDeliveries: url");
  },
);

describe("an error says what to do", () => {
  test.each([
    [401, { message: "Invalid API key" }, "UNAUTHORIZED", "secret key of this Supabase project"],
    [403, { code: "42501", message: USER }, "FORBIDDEN", "403 (42501). The key may not call"],
    [
      404,
      { code: "PGRST202", message: USER },
      "NOT_FOUND",
      "404 (PGRST202). The database does not",
    ],
    [400, { code: "22P02", details: USER }, "REFUSED", "400 (22P02)."],
    [429, "busy", "RATE_LIMITED", "429."],
    [500, { code: "57014", message: "timeout" }, "UNAVAILABLE", "500 (57014). Try again later."],
    [540, "<h1>Paused</h1>", "UNAVAILABLE", "540."],
    [302, "", "UNAVAILABLE", "302."],
  ])("%i %j: %s", async (status, body, code, text) => {
    answerWith(status, body);
    const queue = createSupabaseQueue(options());
    const error = await failureOf(queue.settle({ done: [], retry: [], dead: [] }));
    expect(error).toMatchObject({ code, status });
    expect(error.message).toContain(
      `POST ${supabase.url}/rest/v1/rpc/settle_claim_changes: ${status}`,
    );
    expect(error.message).toContain(text);
  });

  test("no server listens: UNREACHABLE", async () => {
    const queue = createSupabaseQueue(options({ url: "http://127.0.0.1:1" }));
    const error = await failureOf(queue.take({ quantity: 1, waitSeconds: 0 }));
    expect(error.code).toBe("UNREACHABLE");
    expect(error.message).toContain("Check the URL of the Supabase project");
  });
});

describe("createSupabaseDeliveries", () => {
  test("calls a database function for each method, always with the same claimant", async () => {
    const deliveries = createSupabaseDeliveries(options());
    answerWith(200, "new");
    supabase.answer = ({ name }, res) => {
      const answers: Record<string, unknown> = {
        begin_webhook_delivery: "new",
        is_user_deleted: true,
      };
      res.end(JSON.stringify(answers[name] ?? null));
      return true;
    };
    expect(await deliveries.begin("event_1")).toBe("new");
    await deliveries.finish("event_1");
    await deliveries.abandon("event_1");
    await deliveries.markUserDeleted(USER);
    expect(await deliveries.isUserDeleted(USER)).toBe(true);
    const claimant = supabase.calls[0]?.parameters.claimant;
    expect(claimant).toMatch(/^[0-9a-f-]{36}$/);
    expect(supabase.calls.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["begin_webhook_delivery", { event_id: "event_1", claimant }],
      ["finish_webhook_delivery", { event_id: "event_1", claimant }],
      ["abandon_webhook_delivery", { event_id: "event_1", claimant }],
      ["mark_user_deleted", { user_id: USER }],
      ["is_user_deleted", { user_id: USER }],
    ]);
  });

  test("two instances have different claimants", async () => {
    answerWith(200, JSON.stringify("new"));
    for (let i = 0; i < 2; i++) await createSupabaseDeliveries(options()).begin("event_1");
    const claimants = supabase.calls.map(({ parameters }) => parameters.claimant);
    expect(new Set(claimants).size).toBe(2);
  });

  test.each([null, "maybe", 7, {}])(
    "the unknown answer %j is an error and never a permission to continue",
    async (answer) => {
      answerWith(200, JSON.stringify(answer));
      const deliveries = createSupabaseDeliveries(options());
      expect((await failureOf(deliveries.begin("event_1"))).code).toBe("UNAVAILABLE");
      expect((await failureOf(deliveries.isUserDeleted(USER))).code).toBe("UNAVAILABLE");
    },
  );

  test("every failure is an error without an id and without the key", async () => {
    answerWith(500, { code: "57014", message: `${USER} event_1 ${KEY}` });
    const deliveries: Deliveries = createSupabaseDeliveries(options());
    for (const work of [
      () => deliveries.begin("event_1"),
      () => deliveries.finish("event_1"),
      () => deliveries.abandon("event_1"),
      () => deliveries.markUserDeleted(USER),
      () => deliveries.isUserDeleted(USER),
    ]) {
      expect((await failureOf(work())).code).toBe("UNAVAILABLE");
    }
  });
});

test("no random id is created and no request is sent before the first use", () => {
  const random = vi.spyOn(crypto, "randomUUID");
  createSupabaseDeliveries(options());
  createSupabaseQueue(options());
  expect(random).not.toHaveBeenCalled();
  expect(supabase.calls).toEqual([]);
  random.mockRestore();
});
