import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHttpBrowser, signIn } from "../../../local/demo/httpBrowser.ts";
import { ADA, type AppWithKinde, GRACE, startAppWithKinde } from "./support/startApp.ts";

let app: AppWithKinde;
beforeAll(async () => {
  app = await startAppWithKinde();
});
afterAll(() => app?.stop());
beforeEach(() => {
  app.log.length = 0;
});

/** The parameters of the address to which `/login` redirects the browser. */
async function authorizationRequest(): Promise<URLSearchParams> {
  const response = await fetch(`${app.url}/login`, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "").searchParams;
}
/** Signs in at Kinde, but keeps the browser from following the redirect to the callback. */
async function stopAtCallback(userId: string) {
  const browser = createHttpBrowser({ stopAt: `${app.url}/callback` });
  const { url } = await signIn(browser, `${app.url}/login`, userId);
  return { browser, callback: new URL(url) };
}
async function isSignedIn(browser: ReturnType<typeof createHttpBrowser>): Promise<boolean> {
  return (await browser.open(`${app.url}/token`)).url === `${app.url}/token`;
}

test("every sign-in has a PKCE challenge, a state and a nonce of its own", async () => {
  const [one, two] = [await authorizationRequest(), await authorizationRequest()];
  expect(one.get("code_challenge_method")).toBe("S256");
  for (const name of ["code_challenge", "state", "nonce"]) {
    expect(one.get(name)).toMatch(/^[\w-]{43}$/);
    expect(one.get(name)).not.toBe(two.get(name));
  }
});

test("the cookie of a sign-in under way lives ten minutes, and only this app's server can read it", async () => {
  const response = await fetch(`${app.url}/login`, { redirect: "manual" });
  const [cookie, ...others] = response.headers.getSetCookie();
  expect(others).toEqual([]);
  expect(cookie).toMatch(/^app_sign_in_[\w-]{8}=[\w.-]+; Max-Age=600; Path=\/;/);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
});

test("a leaked code with the state of another sign-in is refused", async () => {
  const victim = await stopAtCallback(ADA);
  const attacker = await stopAtCallback(GRACE);
  const attack = new URL(attacker.callback);
  attack.searchParams.set("code", victim.callback.searchParams.get("code") ?? "");
  const browser = createHttpBrowser();
  await browser.open(`${app.url}/`);
  for (const [name, value] of attacker.browser.cookies(app.url)) {
    browser.setCookie(app.url, name, value);
  }
  const page = await browser.open(attack.href);
  expect(page.status).toBe(400);
  expect(app.log).toEqual([expect.stringContaining("sign_in failed code=EXCHANGE_FAILED")]);
  expect(await isSignedIn(browser)).toBe(false);
});

test("a leaked callback is refused in another browser", async () => {
  const { callback } = await stopAtCallback(ADA);
  const browser = createHttpBrowser();
  const page = await browser.open(callback.href);
  expect(page.status).toBe(400);
  expect(await isSignedIn(browser)).toBe(false);
});

test("two tabs can sign in at the same time", async () => {
  const tabs = createHttpBrowser({ stopAt: app.kinde.url });
  const first = (await tabs.open(`${app.url}/login?return_to=/?tab=1`)).url;
  const second = (await tabs.open(`${app.url}/login?return_to=/?tab=2`)).url;
  const browser = createHttpBrowser();
  await browser.open(`${app.url}/`);
  for (const [name, value] of tabs.cookies(app.url)) browser.setCookie(app.url, name, value);
  const one = await signIn(browser, first, ADA);
  expect(one).toMatchObject({ status: 200, url: `${app.url}/?tab=1` });
  // The browser is signed in at Kinde now.
  const two = await browser.open(second);
  expect(two).toMatchObject({ status: 200, url: `${app.url}/?tab=2` });
});

describe("a page says what to do when the callback", () => {
  async function expectPage(browser: ReturnType<typeof createHttpBrowser>, query: string) {
    const page = await browser.open(`${app.url}/callback?${query}`);
    expect(page.status).toBe(400);
    expect(page.body).toContain("Sign in again.");
    expect(page.body).toContain('href="/login"');
    expect(page.body).not.toMatch(/\.ts:\d+|node_modules/);
  }

  test("is opened a second time", async () => {
    const { browser, callback } = await stopAtCallback(ADA);
    const cookies = browser.cookies(app.url);
    const again = createHttpBrowser();
    await again.open(`${app.url}/`);
    for (const [name, value] of cookies) again.setCookie(app.url, name, value);
    expect((await again.open(callback.href)).url).toBe(`${app.url}/`);
    await expectPage(again, callback.search.slice(1));
  });

  test("has a state that was made up", async () => {
    const browser = createHttpBrowser();
    await browser.open(`${app.url}/login`);
    await expectPage(browser, `code=x&state=${"a".repeat(43)}`);
    await expectPage(browser, "code=x&state=y");
    await expectPage(browser, "code=x");
    await expectPage(browser, "code=x&state=y&state=z");
    expect(new Set(app.log).size).toBe(1);
    expect(app.log[0]).toContain("code=NOT_BEGUN_HERE");
  });

  test("has an error from Kinde", async () => {
    const browser = createHttpBrowser();
    const { url } = await browser.open(`${app.url}/login/silent`);
    expect(url).toContain("error=login_required");
    expect(browser.page.body).toContain("Kinde did not let you in (login_required).");
    expect(app.log).toEqual([expect.stringContaining("code=REFUSED")]);
  });

  test("has an error but belongs to no sign-in", async () => {
    await expectPage(createHttpBrowser(), "error=access_denied&state=x");
  });
});
