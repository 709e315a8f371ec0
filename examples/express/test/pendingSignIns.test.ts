import type { Request, Response } from "express";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createPendingSignIns, type PendingSignIn } from "../kinde/pendingSignIns.ts";

const SECRET = "the secret of all instances, of 32 characters or more";
const signIns = createPendingSignIns({ secret: SECRET, https: false });

afterEach(() => void vi.useRealTimers());

let count = 0;
function newSignIn(more: Partial<PendingSignIn> = {}): PendingSignIn {
  const state = `${String(++count).padStart(8, "0")}${"s".repeat(35)}`;
  return { state, nonce: "n", codeVerifier: "verifier", kind: "login", returnTo: "/", ...more };
}

/** The cookies of a browser. */
function newBrowser() {
  const jar = new Map<string, string>();
  const res = {
    cookie: (name: string, value: string) => jar.set(name, value),
    clearCookie: (name: string) => jar.delete(name),
  } as unknown as Response;
  const request = (state?: string) =>
    ({
      query: { state },
      get: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    }) as unknown as Request;
  return {
    jar,
    begin: (signIn: PendingSignIn, by = signIns) => by.begin(request(), res, signIn),
    take: (state: string, by = signIns) => by.take(request(state), res),
  };
}

test("a sign-in that was begun can be taken once, unchanged", async () => {
  const browser = newBrowser();
  const begun = newSignIn({ returnTo: "/workspace" });
  await browser.begin(begun);
  expect(await browser.take(begun.state)).toEqual(begun);
  expect(await browser.take(begun.state)).toBeUndefined();
});

test("10,050 sign-ins of others do not end one that is under way, because the server stores none", async () => {
  const browser = newBrowser();
  const begun = newSignIn();
  await browser.begin(begun);
  for (let others = 0; others < 10_050; others++) await newBrowser().begin(newSignIn());
  // A restart does not end it either: another instance with the same secret can finish it.
  const restarted = createPendingSignIns({ secret: SECRET, https: false });
  expect(await browser.take(begun.state, restarted)).toEqual(begun);
});

test("the cookie does not show the code verifier", async () => {
  const browser = newBrowser();
  await browser.begin(newSignIn({ codeVerifier: "the-verifier" }));
  const [value = ""] = browser.jar.values();
  const parts = value.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
  expect(parts.join()).not.toContain("the-verifier");
});

describe("a sign-in is not under way", () => {
  test("in another browser", async () => {
    const begun = newSignIn();
    await newBrowser().begin(begun);
    expect(await newBrowser().take(begun.state)).toBeUndefined();
  });

  test("after ten minutes", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const [early, late] = [newBrowser(), newBrowser()];
    const [one, two] = [newSignIn(), newSignIn()];
    await early.begin(one);
    await late.begin(two);
    vi.setSystemTime(Date.now() + 9 * 60_000);
    expect(await early.take(one.state)).toEqual(one);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    expect(await late.take(two.state)).toBeUndefined();
  });

  test("when its cookie was made with another secret, or changed", async () => {
    const other = createPendingSignIns({ secret: `another ${SECRET}`, https: false });
    const browser = newBrowser();
    const begun = newSignIn();
    await browser.begin(begun, other);
    expect(await browser.take(begun.state)).toBeUndefined();
    await browser.begin(begun);
    for (const [name, value] of browser.jar) browser.jar.set(name, `${value.slice(0, -4)}AAAA`);
    expect(await browser.take(begun.state)).toBeUndefined();
  });

  test("with another state, even if the cookie's name fits", async () => {
    const browser = newBrowser();
    const begun = newSignIn();
    await browser.begin(begun);
    expect(await browser.take(`${begun.state.slice(0, 8)}${"x".repeat(35)}`)).toBeUndefined();
  });
});

test("one browser has at most five sign-ins under way: the oldest is removed first", async () => {
  const browser = newBrowser();
  const begun = Array.from({ length: 7 }, () => newSignIn());
  for (const signIn of begun) await browser.begin(signIn);
  expect(browser.jar.size).toBe(5);
  expect(await browser.take(begun[1]?.state ?? "")).toBeUndefined();
  expect(await browser.take(begun[2]?.state ?? "")).toEqual(begun[2]);
});

test("a return path that is too long for a cookie is replaced by the overview", async () => {
  const browser = newBrowser();
  const begun = newSignIn({ returnTo: `/${"x".repeat(5_000)}` });
  await browser.begin(begun);
  expect(await browser.take(begun.state)).toMatchObject({ returnTo: "/" });
});
