import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "./chromium.ts";

/** Starts Chromium without a window and without its own requests to the internet. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a browser context with its own cookies and one page. */
export async function newPerson(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(30_000);
  return { context, page: await context.newPage() };
}

/** Signs in at the local Kinde as the user whose name is on the button. */
export async function signInAs(page: Page, appUrl: string, name: string): Promise<void> {
  await page.goto(`${appUrl}/login`);
  await page.getByRole("button", { name }).click();
  await page.waitForURL(`${appUrl}/**`);
}

/** Creates an account at the local Kinde. */
export async function createAccount(page: Page, appUrl: string, email: string): Promise<void> {
  await page.goto(`${appUrl}/register`);
  await fillRegistration(page, email);
  await page.waitForURL(`${appUrl}/**`);
}

/** Fills in and sends the registration form of the local Kinde. */
export async function fillRegistration(page: Page, email: string): Promise<void> {
  await page.getByLabel("First name").fill("Mary");
  await page.getByLabel("Last name").fill("Jackson");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Create account" }).click();
}

/** The value of a claim on the page: "true" or "false". */
export async function shownClaim(page: Page, name: string): Promise<string | null> {
  const card = page.locator(".claims > div", { has: page.getByText(name, { exact: true }) });
  return card.locator("strong").textContent();
}
