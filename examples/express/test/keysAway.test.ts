import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createHttpBrowser, type HttpBrowser } from "../../../local/demo/httpBrowser.ts";
import { createApp } from "../createApp.ts";
import { CLIENT, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

/** In these tests, a browser is signed in when Kinde's keys become unavailable. */
let kinde: FakeKinde;
let app: Awaited<ReturnType<typeof serve>>;
let browser: HttpBrowser;

beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde.stop());
beforeEach(async () => {
  kinde.keysAvailable = true;
  kinde.keysHang = false;
  let handler: ReturnType<typeof createApp> | undefined;
  app = await serve((req, res) => handler?.(req, res));
  handler = createApp(
    {
      url: app.url,
      kinde: { domain: kinde.url, clientId: CLIENT, clientSecret: "secret" },
      supabase: { url: "http://127.0.0.1:1", publishableKey: "none" },
    },
    () => undefined,
  );
  browser = await signInAtFakeKinde();
  vi.useFakeTimers({ toFake: ["Date"] });
  // The keys are kept for ten minutes.
  vi.setSystemTime(Date.now() + 11 * 60_000);
});
afterEach(async () => {
  vi.useRealTimers();
  await app.stop();
});

async function signInAtFakeKinde(): Promise<HttpBrowser> {
  const atKinde = createHttpBrowser({ stopAt: kinde.url });
  const asked = new URL((await atKinde.open(`${app.url}/login`)).url).searchParams;
  const now = Math.floor(Date.now() / 1000);
  const [accessToken, idToken] = await Promise.all([
    kinde.token(),
    kinde.sign({
      iss: kinde.url,
      aud: [CLIENT],
      sub: USER,
      iat: now,
      exp: now + 60,
      nonce: asked.get("nonce"),
      given_name: "Ada",
    }),
  ]);
  kinde.answer = (_req, res) => {
    res.setHeader("content-type", "application/json").end(
      JSON.stringify({
        access_token: accessToken,
        id_token: idToken,
        refresh_token: "refresh",
        token_type: "bearer",
        expires_in: 3600,
      }),
    );
  };
  const page = await atKinde.open(`${app.url}/callback?code=c&state=${asked.get("state")}`);
  expect(page).toMatchObject({ status: 200, url: `${app.url}/` });
  return atKinde;
}

describe.each(["answered with an error", "not answered at all"])(
  "while the request for the keys is %s",
  (how) => {
    beforeEach(() => {
      if (how === "not answered at all") kinde.keysHang = true;
      else kinde.keysAvailable = false;
    });

    test("a page that needs the token is closed, and offers to sign out", async () => {
      const page = await browser.open(`${app.url}/token`);
      expect(page.status).toBe(503);
      expect(page.body).toContain('action="/logout"');
    });

    test("a path that is another site's address does not become a link to that site", async () => {
      const page = await browser.open(`${app.url}//evil.example/phish`);
      expect(page.status).toBe(503);
      expect(page.body).toContain('<a href="/">Try again now</a>');
      expect(page.body).not.toContain("evil.example");
    });

    test("the overview opens, and says that the token could not be checked", async () => {
      const startedAt = performance.now();
      const page = await browser.open(`${app.url}/`);
      expect(performance.now() - startedAt).toBeLessThan(2_900);
      expect(page.status).toBe(200);
      expect(page.body).toContain("could not be checked just now");
      expect(page.body).not.toMatch(/<dd>|\/register/);
    });

    test("signing out works, and the app requests no keys", async () => {
      await browser.open(`${app.url}/`);
      const requests = kinde.keyRequests;
      const page = await browser.submit("/logout", {});
      expect(page.url).toBe(`${kinde.url}/logout?redirect=${encodeURIComponent(`${app.url}/`)}`);
      expect(kinde.keyRequests).toBe(requests);
      expect((await browser.open(`${app.url}/`)).body).toContain('href="/register"');
    });

    test("a sign-in can begin, and the app requests no keys", async () => {
      const requests = kinde.keyRequests;
      const page = await browser.open(`${app.url}/login`);
      expect(page.url).toContain(`${kinde.url}/oauth2/auth?`);
      expect(kinde.keyRequests).toBe(requests);
    });
  },
);
