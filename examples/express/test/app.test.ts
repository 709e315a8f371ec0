import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { AUDIENCE } from "../../../local/demo/front/openExpress.ts";
import {
  createHttpBrowser,
  type HttpBrowser,
  type Page,
  register,
  signIn,
} from "../../../local/demo/httpBrowser.ts";
import { createSdkUser } from "../../../local/demo/sdkUser.ts";
import { type LocalApp, startLocalApp } from "../../../local/demo/startLocalApp.ts";
import type { LocalSupabase } from "../../../local/supabase/index.ts";
import { profileClaims } from "../profileClaims.ts";
import { createRows, type Rows } from "./support/rows.ts";

/** The whole system over HTTP: the app, the SDK, Kinde, the workflow, PostgREST, PostgreSQL. */
let app: LocalApp;
let supabase: LocalSupabase;
let store: Rows;
const runtimeLog: string[] = [];
const appLog: string[] = [];

beforeAll(async () => {
  app = await startLocalApp({
    onRun: (run) => runtimeLog.push(...run.logs.map((entry) => entry.arguments.join(" "))),
    log: (line) => void appLog.push(line),
  });
  supabase = app.supabase as LocalSupabase;
  store = createRows(supabase);
});
afterAll(() => app?.stop());
afterEach(() => {
  app.kinde.freshness = "refresh_claims";
});

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";
const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";
const OPERATOR = "kp_0b0f1ce0000000000000000000000006";
const FORM = { full_name: "Mary Jackson", company: "NACA" };

let count = 0;
/**
 * Stops PostgREST when no webhook is being processed. If the database stops during a webhook, the
 * event stays claimed for 60 s. The next attempts then fail, and the first attempt that can succeed
 * comes after 144 s.
 */
async function stopDatabase(): Promise<void> {
  await app.kinde.webhooksSettled();
  await supabase.postgrest.stop();
}

async function newUser(): Promise<{ browser: HttpBrowser; userId: string; page: Page }> {
  const email = `user-${++count}@example.com`;
  const browser = createHttpBrowser();
  const page = await register(browser, app.url, email);
  return { browser, page, userId: app.kinde.users.findByEmail(email)?.id ?? "" };
}
async function seeded(userId: string): Promise<HttpBrowser> {
  const browser = createHttpBrowser();
  await signIn(browser, `${app.url}/login`, userId);
  return browser;
}
/** The decoded token that the token page shows. */
async function tokenOf(browser: HttpBrowser): Promise<Record<string, unknown>> {
  const { body } = await browser.open(`${app.url}/token`);
  const shown = /<pre[^>]*><code>([\s\S]*)<\/code><\/pre>/.exec(body)?.[1] ?? "";
  return JSON.parse(shown.replace(/<\/?mark>/g, "").replaceAll("&#34;", '"'));
}
/** The claims as the token page shows them. */
async function claimsOf(browser: HttpBrowser) {
  const { body } = await browser.open(`${app.url}/token`);
  const shown = [...body.matchAll(/<code>(\w+)<\/code><\/dt>\s*<dd><strong>([^<]*)/g)];
  const booleans: Record<string, unknown> = { true: true, false: false };
  return Object.fromEntries(shown.map(([, name, text = ""]) => [name, booleans[text] ?? text]));
}

describe("a new user", () => {
  test("has both claims false, and has a row after the sign-in", async () => {
    const { browser, userId } = await newUser();
    expect(await claimsOf(browser)).toEqual(profileClaims.read({}));
    expect(await store.read(userId)).toMatchObject({ profile_complete: false });
  });

  test("is redirected from the workspace to the form, and back after saving it", async () => {
    const { browser } = await newUser();
    const form = await browser.open(`${app.url}/workspace`);
    expect(form.url).toBe(`${app.url}/profile?return_to=%2Fworkspace`);
    const workspace = await browser.submit("/profile", FORM);
    expect(workspace.url).toBe(`${app.url}/workspace`);
    // There is one redirect, so no sign-in happened in between, not even a silent one.
    expect(workspace.redirects).toBe(1);
    expect(await claimsOf(browser)).toMatchObject({ profile_complete: true });
  });

  test("finds the members page closed with 403, and open when the row grants the claim", async () => {
    const { browser, userId } = await newUser();
    const closed = await browser.open(`${app.url}/members`);
    expect(closed).toMatchObject({ status: 403, url: `${app.url}/members` });
    await store.setLifetimeSubscriber(userId, true);
    expect(await browser.open(`${app.url}/members`)).toMatchObject({ status: 200, redirects: 0 });
    expect(await claimsOf(browser)).toMatchObject({ lifetime_subscriber: true });
  });
});

test("'Check again' says once that there is no subscription yet, and opens the page when there is one", async () => {
  const { browser, userId } = await newUser();
  await browser.open(`${app.url}/members`);
  const checked = await browser.submit("/members", {});
  expect(checked).toMatchObject({ status: 403, url: `${app.url}/members` });
  expect(checked.body).toContain(
    "Checked just now: your account has no lifetime subscription yet.",
  );
  for (const path of ["/members", "/token"]) {
    expect((await browser.open(app.url + path)).body).not.toContain("Checked just now");
  }
  await store.setLifetimeSubscriber(userId, true);
  // The page was opened before the grant.
  const opened = await browser.submit("/members", {});
  expect(opened).toMatchObject({ status: 200 });
  expect(opened.body).not.toContain("Checked just now");
});

test("every page says who is signed in, also error pages and closed pages", async () => {
  const { browser } = await newUser();
  const paths = ["/", "/profile", "/token", "/members", "/workspace", "/back-office", "/nothing"];
  for (const path of paths) {
    const { body } = await browser.open(app.url + path);
    expect(body, path).toContain("Signed in as <strong><bdi>Mary</bdi></strong>");
  }
  await stopDatabase();
  const { status, body } = await browser.open(`${app.url}/members`);
  await supabase.postgrest.start();
  expect(status).toBe(503);
  expect(body).toContain("Signed in as");
});

test("a sign-up with an email address that is already taken shows the form with the typed values", async () => {
  await newUser();
  const browser = createHttpBrowser();
  const page = await register(browser, app.url, `user-${count}@example.com`);
  expect(page.status).toBe(422);
  for (const value of ["Mary", "Jackson", `user-${count}@example.com`]) {
    expect(page.body).toContain(`value="${value}"`);
  }
});

test("a page that the token opens needs no request to the database", async () => {
  const browser = await seeded(ADA);
  await stopDatabase();
  expect((await browser.open(`${app.url}/workspace`)).status).toBe(200);
  expect((await browser.open(`${app.url}/members`)).status).toBe(200);
  await supabase.postgrest.start();
});

describe("the steps to a fresh claim", () => {
  test.each([
    ["refresh", 1],
    ["refresh_claims", 1],
    ["revoke", 1],
    // The redirects go to /login/silent, Kinde, /callback and the page.
    ["silent", 4],
  ] as const)(
    "when Kinde needs %s, the next page has the claim after %i redirects",
    async (mode, redirects) => {
      const { browser } = await newUser();
      app.kinde.freshness = mode;
      await browser.open(`${app.url}/profile`);
      const page = await browser.submit("/profile", FORM);
      expect(page.redirects).toBe(redirects);
      expect(page.body).toContain("without a new sign-in");
      expect(await claimsOf(browser)).toMatchObject({ profile_complete: true });
    },
  );

  test("when no step helps, the redirects end, the page says so, and it opens later by itself", async () => {
    const { browser } = await newUser();
    app.kinde.freshness = "never";
    await browser.open(`${app.url}/workspace`);
    const page = await browser.submit("/profile", FORM);
    expect(page.status).toBe(503);
    expect(page.body).toContain("Almost there");
    expect(page.body).toContain("Your profile is saved.");
    expect(page.body).not.toContain('role="alert"');
    expect(page.redirects).toBeLessThan(10);
    app.kinde.freshness = "refresh_claims";
    const opens = async () => (await browser.open(`${app.url}/workspace`)).status;
    await vi.waitUntil(async () => (await opens()) === 200, { timeout: 5_000, interval: 500 });
    expect(browser.page.redirects).toBe(0);
  });

  test("a waiting page that is loaded again and again does not ask Kinde each time", async () => {
    const { browser, userId } = await newUser();
    app.kinde.freshness = "never";
    await store.saveForm(userId, FORM);
    await browser.open(`${app.url}/workspace`);
    appLog.length = 0;
    // All at once, because one after the other would take longer than the pause on a busy machine.
    const pages = await Promise.all(
      Array.from({ length: 5 }, () => browser.open(`${app.url}/workspace`)),
    );
    expect(pages.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    expect(appLog.filter((line) => line.startsWith("fresh_claims"))).toEqual([]);
    expect(pages.at(-1)?.body).toMatch(/tries again by itself in [1-4] s/);
    // A user who presses the button still gets a fresh token.
    app.kinde.freshness = "refresh_claims";
    await browser.open(`${app.url}/token`);
    await browser.submit("/token/refresh", {});
    expect((await browser.open(`${app.url}/workspace`)).status).toBe(200);
  });

  test("if the silent sign-in returns another user, that user does not see the first user's notice", async () => {
    const { browser, userId } = await newUser();
    app.kinde.freshness = "silent";
    const other = createHttpBrowser();
    await signIn(other, `${app.url}/login`, GRACE);
    await browser.open(`${app.url}/profile`);
    // Meanwhile, Grace has signed in at Kinde in this browser.
    const kindeSession = (name: string) => other.cookie(app.kinde.url, name) ?? "";
    for (const name of ["kinde_session", "kinde_session.sig"]) {
      browser.setCookie(app.kinde.url, name, kindeSession(name));
    }
    const page = await browser.submit("/profile", FORM);
    expect(page.status).toBe(200);
    expect(page.body).toContain(GRACE);
    expect(page.body).not.toMatch(/is saved|without a new sign-in/);
    expect(await store.read(userId)).toMatchObject(FORM);
  });

  test("the button fetches a fresh token even if the token has the row's claims already", async () => {
    const browser = await seeded(ADA);
    const before = await tokenOf(browser);
    // iat counts whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const page = await browser.submit("/token/refresh", {});
    expect(page.body).toContain("You have a fresh access token.");
    const after = await tokenOf(browser);
    expect(Number(after.iat)).toBeGreaterThan(Number(before.iat));
    expect(after).toMatchObject({ lifetime_subscriber: true, profile_complete: true });
  });

  test("a fresh token no longer has a claim that the row no longer grants", async () => {
    const browser = await seeded(ADA);
    expect(await claimsOf(browser)).toMatchObject({ lifetime_subscriber: true });
    await store.setLifetimeSubscriber(ADA, false);
    await browser.open(`${app.url}/token`);
    await browser.submit("/token/refresh", {});
    expect(await claimsOf(browser)).toMatchObject({ lifetime_subscriber: false });
    await store.setLifetimeSubscriber(ADA, true);
  });
});

describe("a bearer client", () => {
  async function bearer(userId: string, audience = AUDIENCE) {
    const redirectUri = `${app.url}/callback`;
    const user = createSdkUser(app.kinde, { pkce: true, audience, redirectUri });
    await user.signIn(userId);
    return user;
  }
  async function curl(path: string, token?: string) {
    const authorization = token === undefined ? [] : ["-H", `Authorization: Bearer ${token}`];
    const args = ["-s", "-i", ...authorization, app.url + path];
    const { stdout } = await promisify(execFile)("curl", args);
    const [head = "", body = ""] = stdout.split("\r\n\r\n");
    return { status: Number(head.split(" ")[1]), head, body: JSON.parse(body) };
  }

  test("gets 401 without a token, 403 while the claim is false, and 200 when it is true", async () => {
    const { userId, browser } = await newUser();
    const client = await bearer(userId);
    const token = () => String(client.items.get("access_token"));

    const nobody = await curl("/api/workspace");
    expect(nobody.status).toBe(401);
    expect(nobody.head).toMatch(/www-authenticate: bearer/i);

    const early = await curl("/api/workspace", token());
    expect(early.status).toBe(403);
    expect(early.head).toContain("application/problem+json");
    expect(early.body).toMatchObject({ claim: "profile_complete" });
    expect((await curl("/api/members", token())).body).toMatchObject({
      claim: "lifetime_subscriber",
    });
    expect((await curl("/api/me", token())).body).toEqual({
      user: userId,
      ...profileClaims.read({}),
    });

    await browser.open(`${app.url}/profile`);
    await browser.submit("/profile", FORM);
    await client.sdk.refreshTokens(client.session);
    expect((await curl("/api/workspace", token())).status).toBe(200);
    expect((await curl("/api/members", token())).status).toBe(403);
  });

  test("gets 403 for /api/members when the row has no subscription, even if the token has the claim", async () => {
    const { userId } = await newUser();
    await store.setLifetimeSubscriber(userId, true);
    const client = await bearer(userId);
    const token = String(client.items.get("access_token"));
    expect((await curl("/api/members", token)).status).toBe(200);
    await stopDatabase();
    const away = await curl("/api/members", token);
    await supabase.postgrest.start();
    expect(away).toMatchObject({ status: 503, body: { claim: "lifetime_subscriber" } });
    expect(appLog.join("\n")).toContain("claim_unconfirmed claim=lifetime_subscriber");

    await store.setLifetimeSubscriber(userId, false);
    expect((await curl("/api/members", token)).status).toBe(403);
    expect((await curl("/api/me", token)).body).toMatchObject({ lifetime_subscriber: true });
  });

  test("gets 401 with a token for another audience", async () => {
    const client = await bearer(GRACE, "https://other.example.com");
    const answer = await curl("/api/me", String(client.items.get("access_token")));
    expect(answer).toMatchObject({ status: 401, body: { code: "WRONG_AUDIENCE" } });
  });

  test("cannot use the cookie of a session or the token of a machine application", async () => {
    const browser = await seeded(ADA);
    expect((await browser.open(`${app.url}/api/members`)).status).toBe(401);
    const { machine, url } = app.kinde;
    const response = await fetch(`${url}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: machine.clientId,
        client_secret: machine.clientSecret,
        audience: AUDIENCE,
      }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(await curl("/api/me", access_token)).toMatchObject({
      body: { code: "NOT_A_USER_TOKEN" },
    });
  });

  test("gets 404 and a problem document for an unknown resource", async () => {
    const client = await bearer(GRACE);
    const answer = await curl("/api/nothing", String(client.items.get("access_token")));
    expect(answer).toMatchObject({ status: 404, body: { type: "urn:profile-claims:not-found" } });
  });
});

describe("with Supabase down", () => {
  test("sign-in works, pages are closed, the log says why, and saving the form later sets the claim", async () => {
    await stopDatabase();
    const { browser, page, userId } = await newUser();
    expect(page).toMatchObject({ status: 200, url: `${app.url}/` });
    expect(await claimsOf(browser)).toEqual(profileClaims.read({}));
    expect(runtimeLog.at(-1)).toMatch(/outcome=failed code=\w+ lifetime_subscriber=false/);
    expect(appLog.some((line) => line.startsWith("ensure_profile failed"))).toBe(true);

    for (const path of ["/workspace", "/members", "/profile"]) {
      const closed = await browser.open(app.url + path);
      expect(closed.status).toBe(503);
      expect(closed.body).toContain("cannot be read just now");
    }
    const response = await fetch(`${app.url}/`);
    expect(response.status).toBe(200);

    await supabase.postgrest.start();
    await browser.open(`${app.url}/profile`);
    await browser.submit("/profile", FORM);
    expect(await claimsOf(browser)).toMatchObject({ profile_complete: true });
    expect(await store.read(userId)).toMatchObject(FORM);
  });

  test("a subscriber who signs in sees that the account could not be checked", async () => {
    await stopDatabase();
    const browser = await seeded(ADA);
    const pages = [];
    for (const path of ["/", "/token"]) pages.push(await browser.open(app.url + path));
    await supabase.postgrest.start();
    for (const { status, body } of pages) {
      expect(status).toBe(200);
      expect(body).toContain("Your account could not be checked just now.");
      expect(body).not.toMatch(/There is no lifetime subscription|is not filled in|>closed</);
    }
    expect((await browser.open(app.url)).body).toContain("A lifetime subscription is on.");
  });

  test("a profile form that is posted is shown again with the typed values, and can be saved later", async () => {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile?return_to=/workspace`);
    await stopDatabase();
    const page = await browser.submit("/profile", FORM);
    await supabase.postgrest.start();
    expect(page.status).toBe(503);
    expect(page.body).toContain("could not be saved just now");
    expect(page.body).not.toMatch(/is saved|nothing is lost|tries again by itself/);
    for (const value of Object.values(FORM)) expect(page.body).toContain(`value="${value}"`);
    expect(await browser.submit("/profile", FORM)).toMatchObject({
      status: 200,
      url: `${app.url}/workspace`,
    });
    expect(await store.read(userId)).toMatchObject(FORM);
  });

  test("another form that is posted is answered with a page whose links work", async () => {
    const { browser } = await newUser();
    await browser.open(`${app.url}/token`);
    await stopDatabase();
    const page = await browser.submit("/token/refresh", {});
    await supabase.postgrest.start();
    expect(page.status).toBe(503);
    expect(page.body).toContain("could not be done just now");
    expect(page.body).not.toContain("tries again by itself");
    const main = page.body.slice(page.body.indexOf("<main"));
    const links = [...main.matchAll(/href="([^"]+)"/g)].map(([, path]) => path);
    expect(links).not.toEqual([]);
    for (const path of links) expect((await browser.open(app.url + path)).status).toBe(200);
  });

  test("a webhook is sent again until the row exists", async () => {
    await stopDatabase();
    const user = app.kinde.users.create({
      email: "late@example.com",
      givenName: "L",
      familyName: "ate",
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await supabase.postgrest.start();
    await app.kinde.webhooksSettled();
    expect(await store.read(user.id)).not.toBeNull();
    const own = app.kinde.deliveries.filter(({ userId }) => userId === user.id);
    expect(own.at(-1)?.status).toBe(200);
  });
});

test("a user who is deleted in Kinde loses the row", async () => {
  const { userId } = await newUser();
  await app.kinde.webhooksSettled();
  expect(await store.read(userId)).not.toBeNull();
  app.kinde.users.remove(userId);
  await app.kinde.webhooksSettled();
  expect(await store.read(userId)).toBeNull();
});

test("a user who is deleted in Kinde is signed out here, and the form makes no row", async () => {
  const { browser, userId } = await newUser();
  await browser.open(`${app.url}/profile`);
  app.kinde.users.remove(userId);
  await app.kinde.webhooksSettled();
  await browser.submit("/profile", FORM);
  expect(browser.page.url).toContain("/sign-in/");
  expect(await store.read(userId)).toBeNull();
});

describe("the back office", () => {
  test("grants a subscription, which the user has after the next refresh", async () => {
    const { browser, userId } = await newUser();
    const office = await seeded(OPERATOR);
    await office.open(`${app.url}/back-office`);
    const done = await office.submit("/back-office", { user: userId, granted: "yes" });
    expect(done.body).toContain("Lifetime subscription granted.");
    expect(done.body).toContain(`For the user (<code>kp_…${userId.slice(-4)}</code>)`);
    await browser.open(`${app.url}/token`);
    await browser.submit("/token/refresh", {});
    expect(await claimsOf(browser)).toMatchObject({ lifetime_subscriber: true });
    expect((await browser.open(`${app.url}/members`)).status).toBe(200);
  });

  test("is closed to users without the permission, even if they have other claims", async () => {
    const browser = await seeded(ADA);
    expect((await browser.open(`${app.url}/back-office`)).status).toBe(403);
    await browser.open(`${app.url}/profile`);
    expect((await browser.submit("/back-office", { user: ADA, granted: "yes" })).status).toBe(403);
  });
});

describe("the form's protection", () => {
  test("a post of the profile without the session's CSRF token changes nothing", async () => {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile`);
    const page = await browser.submit("/profile", { ...FORM, csrf_token: "guessed" });
    expect(page.status).toBe(403);
    expect(await store.read(userId)).toMatchObject({ profile_complete: false });
  });

  test.each(["/token/refresh", "/back-office", "/logout"])(
    "a post to %s without the session's CSRF token changes nothing",
    async (path) => {
      const browser = await seeded(OPERATOR);
      await browser.open(`${app.url}/back-office`);
      const fields = { user: GRACE, granted: "yes", csrf_token: "guessed" };
      expect((await browser.submit(path, fields)).status).toBe(403);
      expect((await browser.open(`${app.url}/token`)).url).toBe(`${app.url}/token`);
      expect(await store.read(GRACE)).toMatchObject({ lifetime_subscriber: false });
    },
  );

  test("the CSRF token of another session is refused", async () => {
    const [one, two] = [await newUser(), await newUser()];
    const { body } = await one.browser.open(`${app.url}/profile`);
    const stolen = /name="csrf_token" value="([^"]+)"/.exec(body)?.[1] ?? "";
    await two.browser.open(`${app.url}/profile`);
    expect((await two.browser.submit("/profile", { ...FORM, csrf_token: stolen })).status).toBe(
      403,
    );
  });

  test("the form cannot write columns that are not its fields", async () => {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile`);
    await browser.submit("/profile", { ...FORM, lifetime_subscriber: "true", kinde_id: ADA });
    expect(await store.read(userId)).toMatchObject({ ...FORM, lifetime_subscriber: false });
    expect(await store.read(ADA)).toMatchObject({ full_name: "Ada Lovelace" });
  });

  test("a form with problems is answered with 422, and nothing is saved", async () => {
    const { browser, userId } = await newUser();
    await browser.open(`${app.url}/profile`);
    const page = await browser.submit("/profile", { full_name: "Mary", company: " " });
    expect(page.status).toBe(422);
    expect(page.body).toContain('id="company-problem"');
    expect(await store.read(userId)).toMatchObject({ full_name: "" });
  });
});

describe("the session", () => {
  test("has a new id after each sign-in, and the old one is invalid", async () => {
    const browser = await seeded(GRACE);
    const planted = browser.cookie(app.url, "app_session");
    await browser.open(`${app.url}/login`);
    expect(browser.cookie(app.url, "app_session")).not.toBe(planted);
    const response = await fetch(`${app.url}/token`, {
      headers: { cookie: `app_session=${planted}` },
      redirect: "manual",
    });
    expect(response.status).toBe(303);
  });

  test("does not begin before a sign-in", async () => {
    for (const path of ["/", "/login", "/nothing"]) {
      const { headers } = await fetch(app.url + path, { redirect: "manual" });
      expect(headers.getSetCookie().filter((line) => line.startsWith("app_session"))).toEqual([]);
    }
  });

  test("is a cookie that scripts and other sites cannot use", async () => {
    const browser = createHttpBrowser({ stopAt: `${app.url}/callback` });
    const { url } = await signIn(browser, `${app.url}/login`, GRACE);
    const cookie = [...browser.cookies(app.url)].map(([name, value]) => `${name}=${value}`);
    const callback = await fetch(url, {
      headers: { cookie: cookie.join("; ") },
      redirect: "manual",
    });
    const lines = callback.headers.getSetCookie();
    expect(lines.find((line) => line.startsWith("app_session="))).toMatch(
      /^app_session=[\w.%-]{43,}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("ends when the user signs out, also at Kinde", async () => {
    const { browser } = await newUser();
    const cookie = `app_session=${browser.cookie(app.url, "app_session")}`;
    const page = await browser.submit("/logout", {});
    expect(page.url).toBe(`${app.url}/`);
    // A copy of the cookie no longer works.
    const replay = await fetch(`${app.url}/token`, { headers: { cookie }, redirect: "manual" });
    expect(replay.status).toBe(303);
    expect((await browser.open(`${app.url}/token`)).url).toContain("/sign-in/");
  });

  test("belongs to the right user when ten users sign in at once", async () => {
    const users = await Promise.all(Array.from({ length: 10 }, newUser));
    const seen = await Promise.all(
      users.map(async ({ browser, userId }) => {
        const { body } = await browser.open(`${app.url}/token`);
        return body.includes(userId);
      }),
    );
    expect(seen).toEqual(Array.from({ length: 10 }, () => true));
  });

  test("survives when several pages need a refresh at once", async () => {
    const { browser, userId } = await newUser();
    await store.saveForm(userId, FORM);
    const pages = await Promise.all(
      Array.from({ length: 5 }, () => browser.open(`${app.url}/workspace`)),
    );
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await claimsOf(browser)).toMatchObject({ profile_complete: true });
  });

  test("an error in the callback's address is not shown as markup", async () => {
    const browser = createHttpBrowser();
    await browser.open(`${app.url}/login`);
    const error = encodeURIComponent("<script>alert(1)</script>");
    const { body } = await browser.open(`${app.url}/callback?error=${error}&state=x`);
    expect(body).not.toContain("<script>");
  });

  test.each([
    "error=login_required&state=x",
    "error=Call%20this%20number&state=x",
    "code=x&state=Call%20this%20number",
  ])("a link to the callback cannot put its own words on the page: %s", async (query) => {
    const browser = createHttpBrowser();
    await browser.open(`${app.url}/login`);
    const { status, body } = await browser.open(`${app.url}/callback?${query}`);
    expect(status).toBe(400);
    expect(body).toContain("The sign-in did not work");
    expect(body).not.toContain("Call this number");
  });
});

describe("every page", () => {
  test.each(["/", "/login", "/nothing", "/callback", "/%E0%A4%A"])(
    "%s has the security headers",
    async (path) => {
      const { headers } = await fetch(app.url + path, { redirect: "manual" });
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-powered-by")).toBeNull();
    },
  );

  test("that does not exist is 404, and a form that is too large is 413", async () => {
    expect((await fetch(`${app.url}/nothing`)).status).toBe(404);
    const body = new URLSearchParams({ full_name: "x".repeat(20_000) });
    const response = await fetch(`${app.url}/profile`, { method: "POST", body });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("Nothing was changed");
  });

  test("that needs a user redirects to the sign-in, which then redirects back to the page", async () => {
    const response = await fetch(`${app.url}/token?x=1`, { redirect: "manual" });
    expect(response.headers.get("location")).toBe("/login?return_to=%2Ftoken%3Fx%3D1");
    const browser = createHttpBrowser();
    expect((await signIn(browser, `${app.url}/token?x=1`, GRACE)).url).toBe(`${app.url}/token?x=1`);
  });
});

test("the sign-in redirects only to pages of this app", async () => {
  const browser = createHttpBrowser();
  const page = await signIn(browser, `${app.url}/login?return_to=https://evil.example/`, GRACE);
  expect(page.url).toBe(`${app.url}/`);
});

test("browsers may cache the stylesheet, and it has the security headers, too", async () => {
  const { headers } = await fetch(`${app.url}/app.css`);
  expect(headers.get("cache-control")).toBe("public, max-age=3600");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("no log line holds a key, a token or a whole user id", () => {
  const everything = [...runtimeLog, ...appLog].join("\n");
  expect(everything).not.toMatch(/sb_secret_|eyJ[\w-]{10}|kp_[0-9a-f]{32}/);
  expect(everything).not.toContain(app.kinde.app.clientSecret);
  expect(everything).not.toContain(app.kinde.machine.clientSecret);
});
