import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Send } from "../src/network/client/Hop.ts";
import { sendByFetch } from "../src/network/client/sendByFetch.ts";
import { OFFLINE, performFetch } from "../src/realm/parent/performFetch.ts";
import type { FetchRequest } from "../src/realm/protocol/messages.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const through =
  (fetch: typeof globalThis.fetch): Send =>
  (hop, signal) =>
    sendByFetch(hop, fetch, signal);

function perform(fetch: typeof globalThis.fetch) {
  const request: FetchRequest = {
    ...{ native: "fetch", method: "GET", url: "https://api.example.com/" },
    ...{ headers: [], body: null, form: false },
  };
  return performFetch(request, { ...OFFLINE, send: through(fetch) });
}

test("a fetch without an answer ends after 60 seconds", async () => {
  const fetched = perform(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(60_000);
  const { entry } = await fetched;
  expect(entry.error).toContain("context deadline exceeded");
});

test("an answered fetch leaves no timer, which would keep the fetch in memory", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout");
  const { entry } = await perform(async () => Response.json({}));
  expect(entry.status).toBe(200);
  expect([vi.getTimerCount(), timeout.mock.calls.length]).toEqual([0, 0]);
});
