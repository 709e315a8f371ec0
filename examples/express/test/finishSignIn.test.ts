import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { KindeClient } from "../kinde/kindeClient.ts";
import type { PendingSignIn } from "../kinde/pendingSignIns.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { finishSignIn } from "../routes/finishSignIn.ts";
import { createAccessTokenVerifier } from "../tokens/verifyAccessToken.ts";
import { sessionCookie } from "../web/loadSession.ts";
import { createSessionStore, type Session } from "../web/sessions.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

let kinde: FakeKinde;
let app: Awaited<ReturnType<typeof serve>>;
let session: Session;
let log: string[];
let pending: PendingSignIn | undefined;
/** Gives the access token for the callback's code. */
let exchange: () => Promise<string>;
let ensure: ProfileStore["ensure"];
const deleted = new Set<string>();
const sessions = createSessionStore();

beforeAll(async () => {
  kinde = await startFakeKinde();
  const finish = finishSignIn({
    appUrl: "http://app.example",
    kinde: {
      finishSignIn: async () => ({
        accessToken: await exchange(),
        idToken: await kinde.sign({ given_name: "Ada" }),
      }),
    } as Partial<KindeClient> as KindeClient,
    verify: createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE }),
    pendingSignIns: { take: async () => pending, begin: async () => undefined },
    sessions,
    cookie: sessionCookie(false),
    store: { ensure: (userId) => ensure(userId) } as Partial<ProfileStore> as ProfileStore,
    wasDeleted: async (userId) => deleted.has(userId),
    requireCsrf: (_req, _res, next) => next(),
    log: (line) => void log.push(line),
  });
  app = await serve(
    express()
      .use((_req, res, next) => {
        res.locals.session = session;
        next();
      })
      .get("/callback", finish),
  );
});
afterAll(() => Promise.all([app.stop(), kinde.stop()]));
beforeEach(() => {
  session = sessions.create();
  const secrets = { state: "s", nonce: "n", codeVerifier: "v" };
  pending = { ...secrets, kind: "login", returnTo: "/workspace" };
  log = [];
  deleted.clear();
  ensure = async () => undefined;
  exchange = () => kinde.token();
});

const callback = () => fetch(`${app.url}/callback?code=c&state=s`, { redirect: "manual" });

test("leads to where the sign-in was begun, and knows whose session it is", async () => {
  const response = await callback();
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/workspace");
  expect(session.userId).toBe(USER);
});

test("the silent sign-in of the same user says whether it helped", async () => {
  const expected = { lifetime_subscriber: false, profile_complete: true };
  session.userId = USER;
  session.notice = { kind: "saved" };
  session.silent = { at: Date.now(), expected };
  exchange = () => kinde.token({ ...expected });
  await callback();
  expect(session.notice).toMatchObject({ freshness: { arrived: true, step: "silent" } });
});

test("another user sees nothing of the one before", async () => {
  const expected = { lifetime_subscriber: false, profile_complete: true };
  session.userId = "kp_another";
  session.notice = { kind: "saved" };
  session.silent = { at: 1, expected };
  session.stale = { expected, until: Date.now() + 60_000, pauseMs: 60_000 };
  await callback();
  const { notice, silent, stale } = session;
  expect({ notice, silent, stale }).toEqual({});
});

test("a token for another audience makes no session", async () => {
  exchange = () => kinde.token({ aud: ["https://other.example.com"] });
  const id = session.id;
  expect((await callback()).status).toBe(400);
  expect(session).toMatchObject({ id });
  expect(session.kinde).toBeUndefined();
});

test("a user who is deleted between the exchange and the end of the callback is not signed in", async () => {
  ensure = async (userId) => void deleted.add(userId);
  const response = await callback();
  expect(response.status).toBe(410);
  expect(await response.text()).toContain("This account has been deleted");
  expect(sessions.read(session.id)).toBeUndefined();
});

test("a silent sign-in that fails keeps the session, and leads back", async () => {
  if (pending) pending = { ...pending, kind: "silent" };
  session.userId = USER;
  exchange = () => Promise.reject(new Error("secret"));
  const response = await callback();
  expect(response.headers.get("location")).toBe("/workspace");
  expect(log).toEqual([expect.stringContaining("sign_in failed code=NO_ANSWER")]);
});

test("an exchange that gets no answer is a page with 503, and the log holds no secret", async () => {
  exchange = () => Promise.reject(new Error("secret"));
  const response = await callback();
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("Sign in again in a moment.");
  expect(log).toEqual([expect.stringContaining("sign_in failed code=NO_ANSWER")]);
  expect(log[0]).not.toContain("secret");
});
