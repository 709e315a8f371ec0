import { expect, test } from "vitest";
import { createMemoryDeliveries } from "../src/index.ts";

const HOUR_MS = 3_600_000;

function createWithClock(options: { maxEntries?: number } = {}) {
  const clock = { now: 0 };
  return { clock, deliveries: createMemoryDeliveries({ ...options, now: () => clock.now }) };
}

test("an event is new, then busy, then done", async () => {
  const { deliveries } = createWithClock();
  expect(await deliveries.begin("a")).toBe("new");
  expect(await deliveries.begin("a")).toBe("busy");
  await deliveries.finish("a");
  expect(await deliveries.begin("a")).toBe("done");
});

test("an event that was abandoned is new again", async () => {
  const { deliveries } = createWithClock();
  await deliveries.begin("a");
  await deliveries.abandon("a");
  expect(await deliveries.begin("a")).toBe("new");
});

test("an event that is done stays done when it is abandoned", async () => {
  const { deliveries } = createWithClock();
  await deliveries.begin("a");
  await deliveries.finish("a");
  await deliveries.abandon("a");
  expect(await deliveries.begin("a")).toBe("done");
});

test("an event that was begun and never finished is new after five minutes", async () => {
  const { clock, deliveries } = createWithClock();
  await deliveries.begin("a");
  clock.now = 299_000;
  expect(await deliveries.begin("a")).toBe("busy");
  clock.now = 301_000;
  expect(await deliveries.begin("a")).toBe("new");
  expect(await deliveries.begin("a")).toBe("busy");
});

test("events and deleted users are kept for two days", async () => {
  const { clock, deliveries } = createWithClock();
  await deliveries.finish("a");
  await deliveries.markUserDeleted("kp_a");
  clock.now = 47 * HOUR_MS;
  await deliveries.finish("b");
  await deliveries.markUserDeleted("kp_b");
  expect(await deliveries.begin("a")).toBe("done");
  expect(await deliveries.isUserDeleted("kp_a")).toBe(true);
  clock.now = 49 * HOUR_MS;
  await deliveries.finish("c");
  await deliveries.markUserDeleted("kp_c");
  expect(await deliveries.begin("a")).toBe("new");
  expect(await deliveries.begin("b")).toBe("done");
  expect(await deliveries.isUserDeleted("kp_a")).toBe(false);
  expect(await deliveries.isUserDeleted("kp_b")).toBe(true);
});

test("at most maxEntries entries are kept, and the oldest are removed first", async () => {
  const { deliveries } = createWithClock({ maxEntries: 2 });
  for (const id of ["a", "b", "c"]) await deliveries.finish(id);
  expect(await deliveries.begin("c")).toBe("done");
  expect(await deliveries.begin("b")).toBe("done");
  expect(await deliveries.begin("a")).toBe("new");
});
