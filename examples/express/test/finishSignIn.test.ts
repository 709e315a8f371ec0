import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { finishSignIn } from "../routes/finishSignIn.ts";
import { readProfileClaims } from "../tokens/readProfileClaims.ts";
import { createAccessTokenVerifier } from "../tokens/verifyAccessToken.ts";
import { sessionCookie } from "../web/loadSession.ts";
import { createSessionStore, type Session } from "../web/sessions.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

let kinde: FakeKinde;
let app: Awaited<ReturnType<typeof serve>>;
let session: Session;
let log: string[];
/** The SDK's exchange of the code. */
let exchange: ACClient["handleRedirectToApp"];
const sessions = createSessionStore();

beforeAll(async () => {
  kinde = await startFakeKinde();
  const finish = finishSignIn({
    appUrl: "http://app.example",
    sdk: () =>
      ({
        handleRedirectToApp: (manager, url) => exchange(manager, url),
      }) as Partial<ACClient> as ACClient,
    verify: createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE }),
    sessions,
    cookie: sessionCookie(false),
    store: { ensure: async () => undefined } as Partial<ProfileStore> as ProfileStore,
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
  session.returnTo = "/workspace";
  log = [];
  exchange = async (manager) => manager.setSessionItem("access_token", await kinde.token());
});

const callback = (query = "code=c&state=s") =>
  fetch(`${app.url}/callback?${query}`, { redirect: "manual" });

test("leads to where the sign-in was asked for, and knows whose session it is", async () => {
  const response = await callback();
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/workspace");
  expect(session.userId).toBe(USER);
});

test("a refresh of the user before, which is still under way, is not waited for", async () => {
  session.refreshing = new Promise(() => undefined);
  await callback();
  expect(session.refreshing).toBeUndefined();
});

test("the silent sign-in of the same user says whether it helped", async () => {
  const expected = readProfileClaims({ profile_complete: true });
  session.userId = USER;
  session.notice = { kind: "saved" };
  session.silent = { at: Date.now(), expected };
  exchange = async (manager) =>
    manager.setSessionItem("access_token", await kinde.token({ ...expected }));
  await callback();
  expect(session.notice).toMatchObject({ freshness: { arrived: true, step: "silent" } });
});

test("of another user, nothing of the last one is left", async () => {
  const expected = readProfileClaims({ profile_complete: true });
  session.userId = "kp_another";
  session.notice = { kind: "saved" };
  session.silent = { at: 1, expected };
  session.stale = { expected, until: Date.now() + 60_000, pauseMs: 60_000 };
  await callback();
  const { notice, silent, stale } = session;
  expect({ notice, silent, stale }).toEqual({});
});

test.each([
  [
    "error=login_required",
    "anything",
    'REFUSED reason="Kinde did not let you in (login_required)."',
  ],
  ["code=c&state=s", "Authentication flow: Received: s | Expected: secret", "NOT_BEGUN_HERE"],
  ["code=c&state=s", "Your account is suspended", "EXCHANGE_FAILED"],
])("that fails is logged under a code, without the state: %s, %s", async (query, reason, code) => {
  exchange = () => Promise.reject(new Error(reason));
  expect((await callback(query)).status).toBe(400);
  expect(log).toEqual([expect.stringContaining(`sign_in failed code=${code}`)]);
  expect(log[0]).not.toContain("secret");
});
