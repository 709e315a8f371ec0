import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "../../local/demo/startLocalApp.ts";
import {
  createAccount,
  launchBrowser,
  newPerson,
  shownClaim,
  signInAs,
} from "./support/browser.ts";

/** The whole onboarding in a real browser, with Kinde's caches switched on. */
let app: LocalApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startLocalApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Collects every request to Kinde's sign-in that the page makes from now on. */
function signInsOf(page: Page): string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(`${app.kinde.url}/oauth2/auth`)) seen.push(request.url());
  });
  return seen;
}

async function fillProfile(page: Page, name = "Mary Jackson", company = "NACA"): Promise<void> {
  await page.getByLabel("Full name").fill(name);
  await page.getByLabel("Company").fill(company);
  await page.getByRole("button", { name: "Save profile" }).click();
}

test("a new user gets to the form and then to the requested page with one sign-in", async () => {
  const { context, page } = await newPerson(browser);
  await createAccount(page, app.url, "mary@example.com");
  await page.goto(`${app.url}/token`);
  expect(await shownClaim(page, "profile_complete")).toBe("false");
  expect(await shownClaim(page, "lifetime_subscriber")).toBe("false");

  await page.goto(`${app.url}/members`);
  await page.getByRole("heading", { name: "For lifetime subscribers" }).waitFor();
  await page.goto(`${app.url}/workspace`);
  await page.getByText("Fill in your profile to go on to /workspace").waitFor();

  const signIns = signInsOf(page);
  await fillProfile(page);
  await page.getByRole("heading", { name: "Workspace" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/workspace");
  await page.getByText("Your access token was refreshed in").waitFor();
  await page.goto(`${app.url}/token`);
  expect(await shownClaim(page, "profile_complete")).toBe("true");
  expect(signIns).toEqual([]);
  await context.close();
});

test("the back office grants the subscription, and the members page opens after the refresh", async () => {
  const { context, page } = await newPerson(browser);
  await createAccount(page, app.url, "katherine@example.com");
  await page.goto(`${app.url}/profile`);
  await fillProfile(page, "Katherine Johnson", "NASA");
  await page.getByText("Your profile is saved.").waitFor();
  await page.goto(`${app.url}/members`);
  await page.getByRole("heading", { name: "For lifetime subscribers" }).waitFor();

  const office = await newPerson(browser);
  await signInAs(office.page, app.url, "Olive Operator");
  await office.page.goto(`${app.url}/back-office`);
  await office.page
    .getByRole("button", { name: "Grant the subscription of Katherine Johnson" })
    .click();
  await office.page.getByText("Lifetime subscription granted.").waitFor();
  await office.context.close();

  const signIns = signInsOf(page);
  await page.goto(`${app.url}/token`);
  expect(await shownClaim(page, "lifetime_subscriber")).toBe("false");
  await page.getByRole("button", { name: "Fetch a fresh token" }).click();
  await page.getByText("Your access token was refreshed in").waitFor();
  expect(await shownClaim(page, "lifetime_subscriber")).toBe("true");
  await page.goto(`${app.url}/members`);
  await page.getByRole("heading", { name: "Members" }).waitFor();
  expect(signIns).toEqual([]);
  await context.close();
});

test("a page opens by itself when the row grants a claim that the token does not have yet", async () => {
  const { context, page } = await newPerson(browser);
  await createAccount(page, app.url, "dorothy@example.com");
  const user = app.kinde.users.findByEmail("dorothy@example.com");
  await grantInDatabase(user?.id ?? "");
  await page.goto(`${app.url}/members`);
  await page.getByRole("heading", { name: "Members" }).waitFor();
  await context.close();
});

async function grantInDatabase(userId: string): Promise<void> {
  const response = await fetch(`${app.supabase?.url}/rest/v1/profiles?kinde_id=eq.${userId}`, {
    method: "PATCH",
    headers: { apikey: app.supabase?.secretKey ?? "", "content-type": "application/json" },
    body: JSON.stringify({ lifetime_subscriber: true }),
  });
  expect(response.status).toBe(204);
}

describe("for each step that Kinde may need before a token has a changed claim", () => {
  test.each([
    ["refresh", "refreshed"],
    ["refresh_claims", "refreshed"],
    ["revoke", "replaced"],
    ["silent", "replaced your access token silently"],
  ] as const)("%s: the next page shows the fresh claim", async (mode, told) => {
    app.kinde.freshness = mode;
    const { context, page } = await newPerson(browser);
    await createAccount(page, app.url, `${mode}@example.com`);
    await page.goto(`${app.url}/profile`);
    await fillProfile(page);
    await page.getByText(`${told} in`).waitFor();
    expect(await shownClaim(page, "profile_complete")).toBe("true");
    await context.close();
    app.kinde.freshness = "refresh_claims";
  });

  test("if no step helps, the page says so, does not loop, and the data is safe", async () => {
    app.kinde.freshness = "never";
    const { context, page } = await newPerson(browser);
    await createAccount(page, app.url, "never@example.com");
    await page.goto(`${app.url}/workspace`);
    await fillProfile(page);
    await page.getByRole("heading", { name: "Almost there" }).waitFor();
    await page.goto(`${app.url}/profile`);
    expect(await page.getByLabel("Full name").inputValue()).toBe("Mary Jackson");
    app.kinde.freshness = "refresh_claims";
    await page.goto(`${app.url}/workspace`);
    await page.getByRole("heading", { name: "Workspace" }).waitFor();
    await context.close();
  });
});

test("control characters for the writing direction in a name do not affect the text around it", async () => {
  const { context, page } = await newPerson(browser);
  await createAccount(page, app.url, "eve@example.com");
  await page.goto(`${app.url}/profile`);
  // Ends an isolate, and writes what follows from right to left.
  await fillProfile(page, "Eve\u2069\u202eecraG", "Corp\u202e");
  await page.getByText("Your profile is saved.").waitFor();

  const office = await newPerson(browser);
  await signInAs(office.page, app.url, "Olive Operator");
  await office.page.goto(`${app.url}/back-office`);
  const row = office.page.locator(".people li", { hasText: "EveecraG" });
  const name = await row.locator("strong").boundingBox();
  const company = await row.locator("strong + span").boundingBox();
  // The company is to the right of the name, as in every other row.
  expect(company?.x).toBeGreaterThan((name?.x ?? 0) + (name?.width ?? 0) - 1);
  await row.getByRole("button").click();
  await office.page.getByText("For EveecraG (kp_…").waitFor();
  await office.context.close();
  await context.close();
});

describe("the form", () => {
  test("the form shows an error beside each invalid field, and keeps the typed values", async () => {
    const { context, page } = await newPerson(browser);
    await createAccount(page, app.url, "annie@example.com");
    await page.goto(`${app.url}/profile`);
    await fillProfile(page, "Annie Easley", "   ");
    const company = page.getByLabel("Company");
    expect(await company.getAttribute("aria-invalid")).toBe("true");
    const describedBy = await company.getAttribute("aria-describedby");
    expect(await page.locator(`#${describedBy}`).textContent()).toContain("Enter your company");
    expect(await page.getByLabel("Full name").inputValue()).toBe("Annie Easley");
    await context.close();
  });

  test("the form works without JavaScript", async () => {
    const { context, page } = await newPerson(browser, { javaScriptEnabled: false });
    await createAccount(page, app.url, "christine@example.com");
    await page.goto(`${app.url}/profile`);
    await fillProfile(page);
    await page.getByText("Your profile is saved.").waitFor();
    expect(await shownClaim(page, "profile_complete")).toBe("true");
    await context.close();
  });

  test("the page shows typed markup as text", async () => {
    const { context, page } = await newPerson(browser);
    await createAccount(page, app.url, "margaret@example.com");
    await page.goto(`${app.url}/profile`);
    await fillProfile(page, `"><script>document.title="taken"</script>`, "<b>MIT</b>");
    await page.goto(`${app.url}/profile`);
    expect(await page.getByLabel("Company").inputValue()).toBe("<b>MIT</b>");
    expect(await page.title()).toBe("Profile · Profile claims");
    await context.close();
  });
});

test("the pages obey their own content security policy", async () => {
  const { context, page } = await newPerson(browser);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) complaints.push(message.text());
  });
  await createAccount(page, app.url, "mae@example.com");
  for (const path of ["/", "/profile", "/token", "/members"]) await page.goto(app.url + path);
  await fillAndSignOut(page);
  expect(complaints).toEqual([]);
  await context.close();
});

async function fillAndSignOut(page: Page): Promise<void> {
  await page.goto(`${app.url}/profile`);
  await fillProfile(page);
  await page.getByText("Your profile is saved.").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).waitFor();
}

test("after signing out, a sign-in asks for the user again", async () => {
  const { context, page } = await newPerson(browser);
  await createAccount(page, app.url, "valerie@example.com");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sign in as" }).waitFor();
  await page.goto(`${app.url}/token`);
  await page.getByRole("heading", { name: "Sign in as" }).waitFor();
  await context.close();
});

test("while Supabase is down, sign-in works, and pages show an error and recover by themselves", async () => {
  const { context, page } = await newPerson(browser);
  await app.supabase?.postgrest.stop();
  await signInAs(page, app.url, "Ada Lovelace");
  await page.getByRole("heading", { name: "Hello, Ada" }).waitFor();
  expect(await shownClaim(page, "lifetime_subscriber")).toBe("false");
  const content = await page.locator("main").textContent();
  expect(content).toContain("Your account could not be checked just now.");
  expect(content).not.toMatch(/no lifetime subscription|closed/i);
  await page.goto(`${app.url}/members`);
  await page.getByRole("heading", { name: "Your profile cannot be read just now" }).waitFor();

  await app.supabase?.postgrest.start();
  // The page asks again by itself, without a click. By then the row grants the claim.
  await page.getByRole("heading", { name: "Members" }).waitFor({ timeout: 15_000 });
  await context.close();
});
