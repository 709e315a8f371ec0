import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type RelayWorld,
  startRelayWorld,
  status,
  userId,
  userIds,
} from "./support/startRelayWorld.ts";

let world: RelayWorld;
let end: AbortController;
const running: Promise<void>[] = [];

beforeAll(async () => {
  world = await startRelayWorld();
});
beforeEach(() => {
  world.reset();
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await Promise.all(running.splice(0));
});
afterAll(() => world.stop());

const ADA = userId(1);
/** This time is long enough for a busy machine. */
const WAIT = { timeout: 60_000, interval: 20 };

describe("drain", () => {
  test("tells Kinde about 250 users in three batches", async () => {
    world.queue.send(...userIds(250));
    expect(await world.createRelay().drain()).toMatchObject({
      batches: 3,
      taken: 250,
      users: 250,
      notified: 250,
      empty: true,
    });
    expect(world.queue.users).toEqual([]);
    expect(world.log).toHaveLength(3);
  });

  test("makes few calls for 200 changes of one user", async () => {
    world.queue.send(...Array.from({ length: 200 }, () => ADA));
    await world.createRelay().drain();
    expect(world.calls).toHaveLength(2);
  });

  test("ends when a batch stopped", async () => {
    world.answer = status(503);
    world.queue.send(...userIds(250));
    const report = await world.createRelay().drain();
    expect(report).toMatchObject({ batches: 1, empty: false, stopped: { code: "UNAVAILABLE" } });
    expect(world.queue.takes).toBe(1);
  });

  test("ends when the queue fails", async () => {
    world.queue.takeError = new Error("away");
    expect(await world.createRelay().drain()).toMatchObject({
      batches: 0,
      empty: false,
      failure: { step: "take" },
    });
    expect(world.queue.takes).toBe(1);
  });

  test("starts no call after limitMs, and leaves the other messages visible", async () => {
    world.answer = (_user, res) => void setTimeout(() => res.end("{}"), 30);
    world.queue.send(...userIds(100));
    const report = await world.createRelay({ concurrency: 1 }).drain({ limitMs: 200 });
    expect(report.empty).toBe(false);
    expect(report.notified).toBe(world.calls.length);
    expect(report.notified).toBeLessThan(100);
    expect(world.queue.hiddenSeconds(userId(100))).toBe(0);
  });

  test("ends when its signal is aborted", async () => {
    world.answer = (_user, res) => {
      end.abort();
      res.end("{}");
    };
    world.queue.send(...userIds(250));
    const report = await world.createRelay().drain({ signal: end.signal });
    expect(report).toMatchObject({ batches: 1, empty: false });
    expect(world.queue.users.length).toBeGreaterThanOrEqual(246);
  });
});

describe("run", () => {
  const start = (options = {}) => {
    running.push(world.createRelay(options).run({ signal: end.signal }));
  };

  test("tells Kinde about changes as they arrive, until it is stopped", async () => {
    start();
    world.queue.send(ADA);
    await vi.waitFor(() => expect(world.calls).toEqual([ADA]), WAIT);
    // A later change of the same user leads to another call.
    world.queue.send(ADA);
    await vi.waitFor(() => expect(world.calls).toEqual([ADA, ADA]), WAIT);
    end.abort();
    await Promise.all(running);
    const { takes } = world.queue;
    world.queue.send(ADA);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(world.queue.takes).toBe(takes);
  });

  test("asks for messages once a second if the queue does not wait for them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.queue.takes).toBe(11);
    end.abort();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
  });

  test("pauses 1, 2, 4, … 60 seconds while the queue is unavailable, and then goes on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    world.queue.takeError = new Error("away");
    start({ refreshClaims: async () => undefined });
    const takesAfter: number[] = [];
    for (const seconds of [0, 1, 2, 4, 8, 16, 32, 60, 60]) {
      await vi.advanceTimersByTimeAsync(seconds * 1000);
      takesAfter.push(world.queue.takes);
    }
    expect(takesAfter).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    world.queue.takeError = undefined;
    world.queue.send(ADA);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.queue.users).toEqual([]);
    end.abort();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
  });

  test("pauses after a batch that stopped, and then tells Kinde about all users", async () => {
    world.queue.send(...userIds(20));
    world.answer = (user, res) => {
      // The pause is only 1 s here, so the clock of the queue is moved to make messages visible.
      if (world.calls.length > 4) world.answer = status(200);
      world.queue.pass(60);
      status(429, { "RateLimit-Reset": "1" })(user, res);
    };
    start();
    await vi.waitFor(() => {
      world.queue.pass(1);
      expect(world.queue.users).toEqual([]);
    }, WAIT);
    expect(world.log.filter((line) => line.includes("RATE_LIMITED"))).not.toEqual([]);
    expect(new Set(world.calls)).toEqual(new Set(userIds(20)));
  });

  test("stops during a pause", async () => {
    world.answer = status(429, { "RateLimit-Reset": "600" });
    world.queue.send(ADA);
    start();
    await vi.waitFor(() => expect(world.log).toHaveLength(1), WAIT);
    end.abort();
    await Promise.all(running);
    expect(world.queue.users).toEqual([ADA]);
  });

  test("settles its batch when it is stopped", async () => {
    world.answer = (_user, res) => {
      end.abort();
      setTimeout(() => res.end("{}"), 50);
    };
    world.queue.send(...userIds(30));
    start();
    await Promise.all(running);
    expect(world.queue.users).toHaveLength(30 - world.calls.length);
    expect(world.queue.hiddenSeconds(userId(30))).toBe(0);
  });

  test("shares a queue with other relays, and nothing is lost", async () => {
    world.answer = (_user, res) => void setTimeout(() => res.end("{}"), 5);
    world.queue.send(...userIds(120), ...userIds(120));
    for (let i = 0; i < 3; i++) start({ quantity: 20 });
    await vi.waitFor(() => expect(world.queue.users).toEqual([]), WAIT);
    expect(new Set(world.calls).size).toBe(120);
    expect(world.calls.length).toBeLessThanOrEqual(240);
  });
});

test("501 users lead to few calls while Kinde is unavailable, and Kinde is notified of all later", async () => {
  world.answer = status(503);
  world.queue.send(...userIds(501));
  const relay = world.createRelay();
  for (let i = 0; i < 6; i++) {
    const { stopped } = await relay.relayBatch();
    world.queue.pass(stopped?.pauseSeconds ?? 0);
  }
  expect(world.calls.length).toBeLessThanOrEqual(24);
  world.answer = status(200);
  world.queue.pass(64);
  await relay.drain();
  expect(world.queue.users).toEqual([]);
  expect(new Set(world.calls).size).toBe(501);
});

describe("a relay that was killed loses nothing", () => {
  test("before its calls: the messages become visible again after 30 s", async () => {
    world.queue.send(...userIds(5));
    await world.queue.take({ quantity: 100, waitSeconds: 0 });
    expect(await world.createRelay().drain()).toMatchObject({ taken: 0 });
    world.queue.pass(30);
    expect(await world.createRelay().drain()).toMatchObject({ notified: 5 });
    expect(world.queue.users).toEqual([]);
  });

  test("after its calls, before settling: the calls are repeated", async () => {
    world.queue.send(...userIds(5));
    world.queue.settleError = new Error("killed");
    await world.createRelay().relayBatch();
    world.queue.settleError = undefined;
    world.queue.pass(30);
    expect(await world.createRelay().drain()).toMatchObject({ notified: 5 });
    expect(world.calls).toHaveLength(10);
    expect(world.queue.users).toEqual([]);
  });
});
