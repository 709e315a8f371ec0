import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type RelayWorld,
  startRelayWorld,
  status,
  userId,
  userIds,
} from "./support/startRelayWorld.ts";

let world: RelayWorld;
beforeAll(async () => {
  world = await startRelayWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.stop());

const [ADA, BOB] = [userId(1), userId(2)];

describe("a batch", () => {
  test("tells Kinde about every user and deletes the messages", async () => {
    world.queue.send(ADA, BOB);
    const report = await world.createRelay().relayBatch();
    expect(report).toMatchObject({ taken: 2, users: 2, notified: 2, gone: 0, retried: 0, dead: 0 });
    expect(world.calls.toSorted()).toEqual([ADA, BOB]);
    expect(world.queue.users).toEqual([]);
  });

  test("makes one call for 100 messages of one user", async () => {
    world.queue.send(...Array.from({ length: 100 }, () => ADA));
    const report = await world.createRelay().relayBatch();
    expect(report).toMatchObject({ taken: 100, users: 1, notified: 1 });
    expect(world.calls).toEqual([ADA]);
    expect(world.queue.users).toEqual([]);
  });

  test("makes no call and settles nothing if no changes are waiting", async () => {
    const report = await world.createRelay().relayBatch();
    expect(report).toMatchObject({ taken: 0, users: 0, notified: 0 });
    expect(world.queue.settlements).toEqual([]);
    expect(world.log).toEqual([]);
  });

  test.each([1, 3])("has at most %i calls open at the same time", async (concurrency) => {
    world.answer = (_user, res) => void setTimeout(() => res.end("{}"), 10);
    world.queue.send(...userIds(12));
    await world.createRelay({ concurrency }).relayBatch();
    expect(world.calls).toHaveLength(12);
    expect(world.mostOpenCalls).toBe(concurrency);
  });

  test("waits for the previous batch, so that a relay never exceeds its concurrency", async () => {
    world.answer = (_user, res) => void setTimeout(() => res.end("{}"), 10);
    world.queue.send(...userIds(8));
    const relay = world.createRelay({ concurrency: 2, quantity: 4 });
    await Promise.all([relay.relayBatch(), relay.relayBatch(), relay.drain()]);
    expect(world.calls).toHaveLength(8);
    expect(world.mostOpenCalls).toBe(2);
  });

  test("writes one line without user ids", async () => {
    world.queue.send(ADA, ADA, BOB);
    await world.createRelay().relayBatch();
    expect(world.log).toEqual([
      expect.stringMatching(/^notified 2 users \(3 changes\) in \d+ ms$/),
    ]);
    world.answer = (user, res) => status(user === ADA ? 404 : 422)(user, res);
    world.queue.send(ADA, BOB, "nonsense");
    await world.createRelay().relayBatch();
    expect(world.log[1]).toMatch(
      /^notified 0 of 3 users \(3 changes\) in \d+ ms, 1 unknown to Kinde, 1 to try again, 1 put aside$/,
    );
    expect(world.log.join()).not.toContain("kp_");
  });
});

describe("a user", () => {
  test("that Kinde does not know (404) is removed from the queue", async () => {
    world.answer = status(404);
    world.queue.send(ADA, ADA);
    expect(await world.createRelay().relayBatch()).toMatchObject({
      notified: 0,
      gone: 1,
      retried: 0,
    });
    expect(world.queue.users).toEqual([]);
  });

  test.each(["", "ada", "kp_a/../b"])("with the id %j is put aside without a call", async (id) => {
    world.queue.send(id, ADA);
    expect(await world.createRelay().relayBatch()).toMatchObject({ notified: 1, dead: 1 });
    expect(world.queue.deadUsers).toEqual([id]);
    expect(world.calls).toEqual([ADA]);
  });

  test.each([400, 409, 422])(
    "that Kinde refuses (%i) is tried again later, and Kinde is notified of the others",
    async (code) => {
      world.answer = (user, res) => status(user === ADA ? code : 200)(user, res);
      world.queue.send(ADA, ...userIds(9).slice(1));
      const report = await world.createRelay().relayBatch();
      expect(report).toMatchObject({ notified: 8, retried: 1, dead: 0 });
      expect(report.stopped).toBeUndefined();
      expect(world.queue.users).toEqual([ADA]);
      expect(world.queue.hiddenSeconds(ADA)).toBe(20);
    },
  );

  test("that is always refused waits twice as long each time, and is put aside after 10 attempts", async () => {
    world.answer = status(422);
    world.queue.send(ADA);
    const relay = world.createRelay();
    const waits: number[] = [];
    while (world.queue.users.length > 0 && waits.length < 20) {
      await relay.relayBatch();
      if (world.queue.users.length === 0) break;
      waits.push(world.queue.hiddenSeconds(ADA));
      world.queue.pass(3600);
    }
    expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
    expect(world.queue.deadUsers).toEqual([ADA]);
  });

  test("keeps a new message when an old one is put aside", async () => {
    world.answer = status(422);
    world.queue.send(ADA);
    const relay = world.createRelay({ maxAttempts: 2 });
    await relay.relayBatch();
    world.queue.pass(3600);
    world.queue.send(ADA);
    expect(await relay.relayBatch()).toMatchObject({ taken: 2, users: 1, retried: 1, dead: 0 });
    expect(world.queue.deadUsers).toEqual([ADA]);
    expect(world.queue.users).toEqual([ADA]);
  });

  test("is not put aside because Kinde was unavailable", async () => {
    world.answer = status(503);
    world.queue.send(ADA);
    const relay = world.createRelay();
    for (let i = 0; i < 30; i++) {
      await relay.relayBatch();
      world.queue.pass(3600);
    }
    expect(world.queue.deadUsers).toEqual([]);
    world.answer = status(200);
    expect(await relay.relayBatch()).toMatchObject({ notified: 1 });
  });
});

describe("a failure that is not about a user stops the batch", () => {
  const stop = (res: { socket: { destroy(): void } | null }) => res.socket?.destroy();

  test.each([
    ["RATE_LIMITED", 429],
    ["UNAUTHORIZED", 401],
    ["FORBIDDEN", 403],
    ["UNAVAILABLE", 500],
    ["UNAVAILABLE", 503],
    ["UNAVAILABLE", 302],
  ])("%s (%i)", async (code, answered) => {
    world.answer = status(answered);
    world.queue.send(...userIds(40));
    const report = await world.createRelay().relayBatch();
    expect(report).toMatchObject({ users: 40, notified: 0, retried: 40, dead: 0 });
    expect(report.stopped).toMatchObject({ code, pauseSeconds: 1 });
    expect(world.queue.users).toHaveLength(40);
    // Users are counted, not calls: after a 401 each call is repeated with a new machine token.
    expect(new Set(world.calls).size).toBeLessThanOrEqual(4);
    expect(world.queue.hiddenSeconds(userId(40))).toBe(1);
  });

  test("UNREACHABLE: Kinde ends the connection", async () => {
    world.answer = (_user, res) => stop(res);
    world.queue.send(...userIds(40));
    const { stopped } = await world.createRelay().relayBatch();
    expect(stopped).toMatchObject({ code: "UNREACHABLE", pauseSeconds: 1 });
    expect(world.calls.length).toBeLessThanOrEqual(4);
    expect(world.queue.users).toHaveLength(40);
  });

  test("TIMED_OUT: Kinde does not answer", async () => {
    const slow = await startRelayWorld({ timeoutMs: 200 });
    slow.answer = () => undefined;
    slow.queue.send(...userIds(40));
    const { stopped, notified } = await slow.createRelay().relayBatch();
    expect({ code: stopped?.code, notified }).toEqual({ code: "TIMED_OUT", notified: 0 });
    expect(slow.calls.length).toBeLessThanOrEqual(4);
    await slow.stop();
  });

  test.each([400, 401, 403, 404, 500])(
    "%i for the machine token, which is not about a user",
    async (code) => {
      world.answerToken = (res) => void res.writeHead(code).end("{}");
      world.queue.send(...userIds(40));
      const report = await world.createRelay({ maxAttempts: 1 }).relayBatch();
      expect(report).toMatchObject({ gone: 0, retried: 40, dead: 0 });
      expect(report.stopped).toBeDefined();
      expect(world.queue.users).toHaveLength(40);
    },
  );

  test("an error of another kind, whose message does not appear in the log", async () => {
    world.queue.send(ADA, BOB);
    const refreshClaims = () => Promise.reject(new TypeError(`${ADA} went wrong`));
    const report = await world.createRelay({ refreshClaims, concurrency: 1 }).relayBatch();
    expect(report).toMatchObject({ retried: 2, stopped: { code: "UNKNOWN" } });
    expect(JSON.stringify(report) + world.log.join()).not.toContain(ADA);
  });

  test("after the open calls, whose users are settled", async () => {
    let isStopped = false;
    world.answer = (user, res) => {
      if (user !== ADA) return void setTimeout(() => res.end("{}"), isStopped ? 0 : 100);
      isStopped = true;
      status(503)(user, res);
    };
    world.queue.send(...userIds(20));
    const report = await world.createRelay({ concurrency: 3 }).relayBatch();
    expect(report).toMatchObject({ notified: 2, retried: 18 });
    expect(world.queue.users).toHaveLength(18);
  });

  test("for the seconds in RateLimit-Reset, and for at most 15 minutes", async () => {
    world.queue.send(ADA);
    for (const [named, seconds] of [
      ["17", 17],
      ["0", 1],
      ["99999", 900],
    ] as const) {
      world.answer = status(429, { "RateLimit-Reset": named });
      const { stopped } = await world.createRelay().relayBatch();
      expect(stopped).toMatchObject({ code: "RATE_LIMITED", pauseSeconds: seconds });
      expect(world.queue.hiddenSeconds(ADA)).toBe(seconds);
      world.queue.pass(seconds);
    }
  });

  test("for twice as long each time, until Kinde answers", async () => {
    const relay = world.createRelay();
    const pauses: unknown[] = [];
    world.queue.send(...userIds(10));
    world.answer = status(503);
    for (let i = 0; i < 8; i++) {
      pauses.push((await relay.relayBatch()).stopped?.pauseSeconds);
      world.queue.pass(3600);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    world.answer = status(200);
    await relay.relayBatch();
    world.queue.send(ADA);
    world.answer = status(503);
    expect((await relay.relayBatch()).stopped?.pauseSeconds).toBe(1);
  });
});

describe("the other users are not held up", () => {
  test("by 150 users that Kinde always refuses", async () => {
    const refused = new Set(userIds(150));
    world.answer = (user, res) => status(refused.has(user) ? 422 : 200)(user, res);
    world.queue.send(...userIds(160));
    await world.createRelay().drain();
    expect(world.queue.users.toSorted()).toEqual([...refused].toSorted());
  });

  test.each([500, 0])(
    "by a user whose call always fails (status %i; 0: no answer)",
    async (code) => {
      world.answer = (user, res) => {
        if (user !== ADA) return status(200)(user, res);
        return code === 0 ? void res.socket?.destroy() : status(code)(user, res);
      };
      const relay = world.createRelay({ concurrency: 1 });
      world.queue.send(ADA);
      await relay.relayBatch();
      for (let i = 0; i < 3; i++) {
        world.queue.pass(600);
        world.queue.send(...userIds(9).slice(1));
        expect(await relay.relayBatch()).toMatchObject({ notified: 8, retried: 1 });
      }
    },
  );
});

describe("when the caller ends the batch", () => {
  test("no call starts, open calls end, and the rest is visible again at once", async () => {
    const caller = new AbortController();
    world.answer = (_user, res) => {
      caller.abort();
      setTimeout(() => res.end("{}"), 50);
    };
    world.queue.send(...userIds(50));
    const report = await world.createRelay().relayBatch({ signal: caller.signal });
    expect(report).toMatchObject({ taken: 50, notified: world.calls.length });
    expect(report.notified).toBeLessThanOrEqual(4);
    expect(report.stopped).toBeUndefined();
    expect(world.queue.hiddenSeconds(userId(50))).toBe(0);
    world.answer = status(200);
    await world.createRelay().drain();
    expect(world.queue.users).toEqual([]);
  });

  test("before it took messages, it does not take any", async () => {
    world.queue.send(ADA);
    const report = await world.createRelay().relayBatch({ signal: AbortSignal.abort() });
    expect(report).toMatchObject({ taken: 0 });
    expect(report.failure).toBeUndefined();
    expect(world.queue.takes).toBe(0);
  });

  test("after a call that reports ABORTED, its messages are visible at once, and the batch stops", async () => {
    world.queue.send(ADA, BOB);
    const refreshClaims = () => Promise.reject(Object.assign(new Error(), { code: "ABORTED" }));
    const report = await world.createRelay({ refreshClaims, concurrency: 1 }).relayBatch();
    expect(report).toMatchObject({ retried: 2, stopped: { code: "ABORTED" } });
    expect([ADA, BOB].map(world.queue.hiddenSeconds)).toEqual([0, 0]);
  });
});

describe("when the queue fails", () => {
  const away = Object.assign(new Error("secret"), { code: "UNREACHABLE" });

  test("a batch that cannot take messages reports it and makes no call", async () => {
    world.queue.send(ADA);
    world.queue.takeError = away;
    const report = await world.createRelay().relayBatch();
    expect(report).toMatchObject({ taken: 0, failure: { step: "take", code: "UNREACHABLE" } });
    expect(world.log).toEqual([expect.stringMatching(/^cannot take changes \(UNREACHABLE\)/)]);
    expect(world.calls).toEqual([]);
  });

  test("a batch that cannot settle reports it, and the call is repeated", async () => {
    world.queue.send(ADA);
    world.queue.settleError = away;
    const relay = world.createRelay();
    const report = await relay.relayBatch();
    expect(report).toMatchObject({ notified: 1, failure: { step: "settle", code: "UNREACHABLE" } });
    expect(world.log[0]).toContain("cannot settle");
    expect(world.queue.users).toEqual([ADA]);
    world.queue.settleError = undefined;
    world.queue.pass(30);
    expect(await relay.relayBatch()).toMatchObject({ notified: 1 });
    expect(world.calls).toEqual([ADA, ADA]);
    expect(world.queue.users).toEqual([]);
  });
});

describe("a batch ends before its messages become visible again", () => {
  test("no call starts after 20 s, and the rest is visible again at once", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    world.queue.send(...userIds(100));
    const refreshClaims = () => new Promise((resolve) => setTimeout(resolve, 3_000));
    const relayed = world.createRelay({ refreshClaims }).relayBatch();
    await vi.advanceTimersByTimeAsync(21_000);
    // Seven rounds of four calls started, one every 3 s, from 0 s to 18 s.
    expect(await relayed).toMatchObject({ notified: 28, retried: 72 });
    expect(world.queue.hiddenSeconds(userId(100))).toBe(0);
    vi.useRealTimers();
  });

  test("a call that does not end is aborted after 25 s", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    world.queue.send(ADA, BOB);
    let wasAborted = false;
    const refreshClaims = (user: string, { signal }: { signal: AbortSignal }) => {
      signal.addEventListener("abort", () => {
        wasAborted = true;
      });
      return user === ADA ? new Promise(() => undefined) : Promise.resolve();
    };
    const relayed = world.createRelay({ refreshClaims }).relayBatch();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await relayed).toMatchObject({
      notified: 1,
      retried: 1,
      stopped: { code: "TIMED_OUT" },
    });
    expect(wasAborted).toBe(true);
    expect(world.queue.users).toEqual([ADA]);
    vi.useRealTimers();
  });

  test("even if the clock of the machine jumps", async () => {
    const now = Date.now();
    const clock = vi.spyOn(Date, "now");
    world.answer = (_user, res) => {
      clock.mockReturnValue(now + (world.calls.length % 2 === 0 ? 1 : -1) * 86_400_000);
      res.end("{}");
    };
    world.queue.send(...userIds(30));
    const report = await world.createRelay().drain({ limitMs: 60_000 });
    clock.mockRestore();
    expect(report).toMatchObject({ notified: 30, empty: true });
    expect(report.ms).toBeGreaterThanOrEqual(0);
  });
});
