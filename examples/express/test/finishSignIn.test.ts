import express from "express";
import { createVerifier } from "kinde-claims";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHttpBrowser, type HttpBrowser } from "../../../local/demo/httpBrowser.ts";
import type { KindeClient } from "../kinde/kindeClient.ts";
import type { PendingSignIn } from "../kinde/pendingSignIns.ts";
import { profileClaims } from "../profileClaims.ts";
import type { OwnProfile } from "../profiles/ownProfile.ts";
import { finishSignIn } from "../routes/finishSignIn.ts";
import { beginSession, loadSession } from "../web/loadSession.ts";
import { memorySessions } from "../web/sessionStorage.ts";
import type { Session } from "../web/sessions.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

let kinde: FakeKinde;
let app: Awaited<ReturnType<typeof serve>>;
let browser: HttpBrowser;
let log: string[];
let pending: PendingSignIn | undefined;
/** Returns the access token for the callback's code. */
let exchange: () => Promise<string>;
let ensure: (userId: string) => Promise<void>;
/** The session that the browser has before the callback. */
let before: Parameters<typeof beginSession>[2];
const deleted = new Set<string>();
const sessions = memorySessions();

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
    verifier: createVerifier({ issuer: kinde.url, audience: AUDIENCE, claims: profileClaims }),
    pendingSignIns: { take: async () => pending, begin: async () => undefined },
    openProfile: ({ id }) => ({ ensure: () => ensure(id) }) as Partial<OwnProfile> as OwnProfile,
    isUserDeleted: async (userId) => deleted.has(userId),
    requireCsrf: (_req, _res, next) => next(),
    log: (line) => void log.push(line),
  });
  app = await serve(
    express()
      .use(loadSession({ store: sessions.store, secret: "secret", https: false }))
      .get("/before", async (req, res) => {
        await beginSession(req, res, before);
        res.end();
      })
      .get("/callback", finish)
      .use((_req, res) => void res.json(res.locals.session ?? null)),
  );
});
afterAll(() => Promise.all([app.stop(), kinde.stop()]));
beforeEach(() => {
  browser = createHttpBrowser();
  const secrets = { state: "s", nonce: "n", codeVerifier: "v" };
  pending = { ...secrets, kind: "login", returnTo: "/workspace" };
  log = [];
  deleted.clear();
  ensure = async () => undefined;
  exchange = () => kinde.token();
});

const callback = () => browser.open(`${app.url}/callback?code=c&state=s`);
async function session(): Promise<Session | null> {
  return JSON.parse((await browser.open(`${app.url}/session`)).body);
}
async function hadSession(data: typeof before): Promise<string | undefined> {
  before = data;
  await browser.open(`${app.url}/before`);
  return browser.cookie(app.url, "app_session");
}
const expected = profileClaims.read({ profile_complete: true });

test("the callback redirects to the page where the sign-in began, and the session has the user", async () => {
  expect(await callback()).toMatchObject({ status: 200, url: `${app.url}/workspace` });
  expect(await session()).toMatchObject({ userId: USER, csrfToken: expect.any(String) });
});

test("the callback makes a session with a new id and a new CSRF token", async () => {
  const planted = await hadSession({ userId: USER });
  const { csrfToken } = (await session()) as Session;
  await callback();
  expect(browser.cookie(app.url, "app_session")).not.toBe(planted);
  expect((await session())?.csrfToken).not.toBe(csrfToken);
  browser.setCookie(app.url, "app_session", planted ?? "");
  expect(await session()).toBeNull();
});

test("after a silent sign-in of the same user, the notice says whether the claims arrived", async () => {
  await hadSession({
    userId: USER,
    notice: { kind: "saved" },
    silent: { at: Date.now(), expected },
  });
  exchange = () => kinde.token({ ...expected });
  await callback();
  expect((await session())?.notice).toMatchObject({ freshness: { arrived: true, rung: "silent" } });
});

test("the session of another user has no data of the previous user's session", async () => {
  await hadSession({
    userId: "kp_another",
    notice: { kind: "saved" },
    silent: { at: 1, expected },
    stale: { expected, until: Date.now() + 60_000, pauseMs: 60_000 },
  });
  await callback();
  const { userId, notice, silent, stale } = (await session()) as Session;
  expect({ userId, notice, silent, stale }).toEqual({ userId: USER });
});

test("the callback makes no session with a token for another audience", async () => {
  exchange = () => kinde.token({ aud: ["https://other.example.com"] });
  expect((await callback()).status).toBe(400);
  expect(log).toEqual([expect.stringContaining("sign_in failed code=EXCHANGE_FAILED")]);
  expect(await session()).toBeNull();
});

test("a user who is deleted between the exchange and the end of the callback is not signed in", async () => {
  ensure = async (userId) => void deleted.add(userId);
  const page = await callback();
  expect(page.status).toBe(410);
  expect(page.body).toContain("This account has been deleted");
  expect(await session()).toBeNull();
});

test("a session that ends before the callback is done is not restored", async () => {
  ensure = async (userId) => sessions.endAllOf(userId);
  await callback();
  expect(await session()).toBeNull();
});

test("after a silent sign-in that fails, the session stays and the browser returns to the page", async () => {
  await hadSession({ userId: USER });
  if (pending) pending = { ...pending, kind: "silent" };
  exchange = () => Promise.reject(new Error("secret"));
  expect((await callback()).url).toBe(`${app.url}/workspace`);
  expect(log).toEqual([expect.stringContaining("sign_in failed code=NO_ANSWER")]);
  expect(await session()).toMatchObject({ userId: USER });
});

test("if Kinde does not answer, the page has the status 503 and the log holds no secret", async () => {
  exchange = () => Promise.reject(new Error("secret"));
  const page = await callback();
  expect(page.status).toBe(503);
  expect(page.body).toContain("Sign in again in a moment.");
  expect(log).toEqual([expect.stringContaining("sign_in failed code=NO_ANSWER")]);
  expect(log[0]).not.toContain("secret");
});
