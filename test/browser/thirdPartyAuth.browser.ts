import { createServer, type Server } from "node:http";
import { createManagementClient } from "kinde-claims";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AUDIENCE } from "../../local/demo/front/openExpress.ts";
import { createSdkUser, type SdkUser } from "../../local/demo/sdkUser.ts";
import { type LocalApp, startLocalApp } from "../../local/demo/startLocalApp.ts";
import { close, LOOPBACK, listen } from "../../local/http/listen.ts";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { launchBrowser, newPerson } from "./support/browser.ts";

/** A page without a server: Kinde's token opens Supabase across origins. */
let app: LocalApp;
let supabase: LocalSupabase;
let browser: Browser;
let pages: Server;
let origin: string;

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";
const FORM = { full_name: "Mary Jackson", company: "NACA" };

beforeAll(async () => {
  pages = createServer((_req, res) => {
    res.setHeader("content-type", "text/html").end("<!doctype html><title>Another origin</title>");
  });
  origin = `http://${LOOPBACK}:${await listen(pages)}`;
  [app, browser] = await Promise.all([startLocalApp({ withoutSecretKey: true }), launchBrowser()]);
  supabase = app.supabase as LocalSupabase;
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await close(pages);
});

/** Signs a new user in with PKCE, as a single-page app does, and opens the page of the other origin. */
async function openPage(email: string): Promise<{ page: Page; user: SdkUser; userId: string }> {
  const { id: userId } = app.kinde.users.create({
    email,
    givenName: "Mary",
    familyName: "Jackson",
  });
  const user = createSdkUser(app.kinde, {
    pkce: true,
    audience: AUDIENCE,
    redirectUri: `${app.url}/callback`,
  });
  await user.signIn(userId);
  const { page } = await newPerson(browser);
  await page.goto(origin);
  return { page, user, userId };
}

/** Sends a request to the Data API from the page, with the browser's preflight and CORS checks. */
function ask(
  page: Page,
  { user, ...request }: { user: SdkUser; method: string; query?: string; body?: object },
) {
  const token = String(user.items.get("access_token"));
  return page.evaluate(
    async ({ url, key, token, method, query, body }) => {
      const response = await fetch(`${url}/rest/v1/profiles${query ?? ""}`, {
        method,
        headers: {
          apikey: key,
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          prefer: "return=representation",
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
    { url: supabase.url, key: supabase.publishableKey, token, ...request },
  );
}

test("a page of another origin saves the profile, and the next token has the claim", async () => {
  const { page, user, userId } = await openPage("page@example.com");
  expect(origin).not.toBe(new URL(supabase.url).origin);
  expect(user.accessToken()).toMatchObject({ role: "authenticated", profile_complete: false });

  const made = await ask(page, { user, method: "POST", body: { kinde_id: userId } });
  expect(made.status).toBe(201);
  const saved = await ask(page, {
    user,
    method: "PATCH",
    query: `?kinde_id=eq.${userId}&select=full_name,company,profile_complete`,
    body: FORM,
  });
  expect(saved).toEqual({ status: 200, body: [{ ...FORM, profile_complete: true }] });

  const management = createManagementClient({ domain: app.kinde.url, ...app.kinde.machine });
  await management.refreshClaims(userId);
  await user.sdk.refreshTokens(user.session);
  expect(user.accessToken()).toMatchObject({ profile_complete: true });
  await page.context().close();
});

test("the page can read only its user's row and cannot grant a subscription", async () => {
  const { page, user, userId } = await openPage("alone@example.com");
  await ask(page, { user, method: "POST", body: { kinde_id: userId } });
  const all = await ask(page, { user, method: "GET", query: "?select=kinde_id" });
  expect(all).toEqual({ status: 200, body: [{ kinde_id: userId }] });
  const other = await ask(page, {
    user,
    method: "PATCH",
    query: `?kinde_id=eq.${ADA}`,
    body: FORM,
  });
  expect(other).toEqual({ status: 200, body: [] });
  const granted = await ask(page, {
    user,
    method: "PATCH",
    query: `?kinde_id=eq.${userId}`,
    body: { lifetime_subscriber: true },
  });
  expect(granted.status).toBe(403);
  const removed = await ask(page, { user, method: "DELETE", query: `?kinde_id=eq.${userId}` });
  expect(removed.status).toBe(403);
  await page.context().close();
});

test("a token of an issuer that Supabase does not trust is refused, and the page can read why", async () => {
  const { page, user } = await openPage("stranger@example.com");
  supabase.trustIssuer("http://127.0.0.1:9");
  const refused = await ask(page, { user, method: "GET" });
  supabase.trustIssuer(app.kinde.url);
  expect(refused).toMatchObject({ status: 401, body: { code: "PGRST301" } });
  await page.context().close();
});
