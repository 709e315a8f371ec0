import { promisify } from "node:util";
import type { SessionData, Store } from "express-session";
import { describe, expect, test } from "vitest";
import { safeStore } from "../web/safeStore.ts";
import { memorySessions } from "../web/sessionStorage.ts";

const HOUR = 60 * 60 * 1000;

/** The data of a session. Only these fields matter here. */
function data(more: Partial<SessionData>): SessionData {
  return { userId: "kp_one", csrfToken: "c", ...more } as SessionData;
}
const tokens = (refreshToken: string, changedAt: number) => ({
  kinde: { tokens: { accessToken: "a", idToken: "i", refreshToken }, changedAt },
});
function promises(store: Store) {
  return {
    get: promisify(store.get.bind(store)) as (id: string) => Promise<SessionData | null>,
    set: promisify(store.set.bind(store)) as (id: string, session: SessionData) => Promise<void>,
    touch: promisify(store.touch?.bind(store) ?? (() => undefined)) as (
      id: string,
      session: SessionData,
    ) => Promise<void>,
    destroy: promisify(store.destroy.bind(store)) as (id: string) => Promise<void>,
  };
}

describe("sessions in memory", () => {
  test("are plain data: each request gets its own copy", async () => {
    const store = promises(memorySessions().store);
    const saved = data({ notice: { kind: "saved" } });
    await store.set("1", saved);
    expect(await store.get("1")).toEqual(saved);
    expect(await store.get("1")).not.toBe(await store.get("1"));
    expect(await store.get("2")).toBeNull();
  });

  test("end when they are destroyed, and after eight hours without a request", async () => {
    let now = 0;
    const store = promises(memorySessions(() => now).store);
    for (const id of ["ended", "idle", "used"]) await store.set(id, data({}));
    await store.destroy("ended");
    now = 5 * HOUR;
    await store.touch("used", data({}));
    now = 9 * HOUR;
    expect(await store.get("ended")).toBeNull();
    expect(await store.get("idle")).toBeNull();
    expect(await store.get("used")).not.toBeNull();
  });

  test("of one user end together, and those of other users stay", async () => {
    const { store, endAllOf } = memorySessions();
    const { get, set } = promises(store);
    await set("1", data({ userId: "kp_one" }));
    await set("2", data({ userId: "kp_one" }));
    await set("3", data({ userId: "kp_other" }));
    await endAllOf("kp_one");
    expect([await get("1"), await get("2")]).toEqual([null, null]);
    expect(await get("3")).not.toBeNull();
  });

  test("are limited in number: the session that has been idle longest is removed first", async () => {
    const { store } = memorySessions();
    const { get, set, touch } = promises(store);
    await set("used", data({}));
    await set("idle", data({}));
    await touch("used", data({}));
    for (let count = 0; count < 9_999; count++) store.set(String(count), data({}));
    expect(await get("idle")).toBeNull();
    expect(await get("used")).not.toBeNull();
  });
});

describe("a save of one request", () => {
  async function loaded() {
    const store = promises(safeStore(memorySessions().store));
    await store.set("1", data(tokens("first", 1)));
    const [fast, slow] = [await store.get("1"), await store.get("1")] as [SessionData, SessionData];
    return { store, fast, slow };
  }

  test("does not restore a session that another request has ended", async () => {
    const { store, slow } = await loaded();
    await store.destroy("1");
    await store.set("1", { ...slow, notice: { kind: "saved" } });
    expect(await store.get("1")).toBeNull();
  });

  test("does not replace tokens that another request has refreshed, but saves its other data", async () => {
    const { store, fast, slow } = await loaded();
    await store.set("1", { ...fast, ...tokens("second", 2) });
    await store.set("1", { ...slow, notice: { kind: "saved" } });
    expect(await store.get("1")).toMatchObject({
      kinde: { tokens: { refreshToken: "second" } },
      notice: { kind: "saved" },
    });
  });

  test("replaces older tokens, and removes them if Kinde has refused a refresh", async () => {
    const { store, slow } = await loaded();
    await store.set("1", { ...slow, kinde: { changedAt: 2 } });
    expect((await store.get("1"))?.kinde).toEqual({ changedAt: 2 });
  });
});
