import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  createHttpBrowser,
  type HttpBrowser,
  register,
  signIn,
} from "../../../local/demo/httpBrowser.ts";
import { type LocalApp, startLocalApp } from "../../../local/demo/startLocalApp.ts";
import type { LocalSupabase } from "../../../local/supabase/index.ts";
import { createRows, type Rows } from "./support/rows.ts";

/** The app has only the publishable key. Users reach their rows with their own access tokens. */
let app: LocalApp;
let supabase: LocalSupabase;
let rows: Rows;
const log: string[] = [];

beforeAll(async () => {
  app = await startLocalApp({ withoutSecretKey: true, log: (line) => void log.push(line) });
  supabase = app.supabase as LocalSupabase;
  rows = createRows(supabase);
  // The first run of the workflow is slow on a busy machine, and the app waits only 5 s for Kinde.
  // So the first run happens here, before the tests.
  await newUser();
});
afterAll(() => app?.stop());

const OPERATOR = "kp_0b0f1ce0000000000000000000000006";
const FORM = { full_name: "Mary Jackson", company: "NACA" };
let count = 0;
async function newUser(): Promise<{ browser: HttpBrowser; userId: string }> {
  const email = `keyless-${++count}@example.com`;
  const browser = createHttpBrowser();
  await register(browser, app.url, email);
  return { browser, userId: app.kinde.users.findByEmail(email)?.id ?? "" };
}

test("the app says in one line at start that it has no back office and no webhooks", () => {
  expect(log[0]).toBe(
    "SUPABASE_SECRET_KEY is not set: the app runs without the back office and without webhooks.",
  );
});

test("a new user signs in, fills in the form, and can open the workspace", async () => {
  const before = log.length;
  const { browser, userId } = await newUser();
  // The sign-in has made the row, with the user's token.
  expect(log.slice(before)).toEqual([]);
  expect(await rows.read(userId)).toMatchObject({ profile_complete: false });
  const form = await browser.open(`${app.url}/workspace`);
  expect(form.url).toBe(`${app.url}/profile?return_to=%2Fworkspace`);
  const workspace = await browser.submit("/profile", FORM);
  expect(workspace).toMatchObject({ status: 200, url: `${app.url}/workspace`, redirects: 1 });
  expect(await rows.read(userId)).toMatchObject(FORM);
});

test("the token that is fetched after the form was saved still gives access to the row", async () => {
  const { browser, userId } = await newUser();
  await browser.open(`${app.url}/profile`);
  await browser.submit("/profile", FORM);
  await browser.submit("/token/refresh", {});
  await browser.open(`${app.url}/profile`);
  expect(browser.page.body).toContain('value="NACA"');
  const page = await browser.submit("/profile", { ...FORM, company: "NASA" });
  expect(page.status).toBe(200);
  expect(await rows.read(userId)).toMatchObject({ company: "NASA" });
});

test("a subscription that is granted elsewhere opens the members page", async () => {
  const { browser, userId } = await newUser();
  expect((await browser.open(`${app.url}/members`)).status).toBe(403);
  await rows.setLifetimeSubscriber(userId, true);
  expect((await browser.open(`${app.url}/members`)).status).toBe(200);
});

test("there is no back office, no link to it, and no webhook", async () => {
  const browser = createHttpBrowser();
  await signIn(browser, `${app.url}/login`, OPERATOR);
  expect(browser.page.body).not.toContain("/back-office");
  expect((await browser.open(`${app.url}/back-office`)).status).toBe(404);
  const init = { method: "POST", headers: { "content-type": "application/jwt" }, body: "x" };
  expect((await fetch(`${app.url}/webhooks/kinde`, init)).status).toBe(404);
});

describe("while Supabase does not accept Kinde's tokens", () => {
  afterEach(() => supabase.trustIssuer(app.kinde.url));

  test("the sign-in works, pages and the log say what to set up, and the log holds no token and no user id", async () => {
    supabase.trustIssuer("http://127.0.0.1:9");
    log.length = 0;
    const { browser, userId } = await newUser();
    expect(browser.page).toMatchObject({ status: 200, url: `${app.url}/` });
    expect(browser.page.body).toContain("Your account could not be checked just now.");
    expect(await rows.read(userId)).toBeNull();
    for (const path of ["/profile", "/workspace", "/members"]) {
      const page = await browser.open(app.url + path);
      expect(page.status).toBe(502);
      expect(page.body).toContain("Supabase does not accept your access token");
      expect(page.body).toContain("<code>SUPABASE_ROLE_CLAIM</code>");
      expect(page.body).not.toMatch(/\.ts:\d|tries again by itself/);
    }
    expect(log.join("\n")).toMatch(/^ensure_profile failed .*SUPABASE_ROLE_CLAIM=authenticated/m);
    expect(log.join("\n")).toMatch(/^token_not_accepted reason=/m);
    expect(log.join("\n")).not.toMatch(/eyJ|kp_\w/);
  });

  test("a form that Supabase refuses is not reported as saved, and can be sent again afterwards", async () => {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile`);
    const form = browser.page;
    supabase.trustIssuer("http://127.0.0.1:9");
    const refused = await browser.submit("/profile", FORM);
    expect(refused.status).toBe(502);
    expect(refused.body).toContain("nothing was changed");
    supabase.trustIssuer(app.kinde.url);
    await browser.open(form.url);
    await browser.submit("/profile", FORM);
    expect(await rows.read(userId)).toMatchObject(FORM);
  });
});

test("each request to Supabase has the publishable key and the user's own token", async () => {
  const { fetch } = globalThis;
  const seen: { isPublishable: boolean; subject: unknown }[] = [];
  globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    // The workflow also sends requests, but they come from Kinde and not from the app.
    if (headers.get("x-client-info")?.startsWith("supabase-js")) {
      seen.push({
        isPublishable: headers.get("apikey") === supabase.publishableKey,
        subject: decodeJwt(headers.get("authorization")?.replace("Bearer ", "") ?? "").sub,
      });
    }
    return fetch(input, init);
  };
  try {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile`);
    await browser.submit("/profile", FORM);
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ isPublishable: true, subject: userId })]),
    );
  } finally {
    globalThis.fetch = fetch;
  }
});
