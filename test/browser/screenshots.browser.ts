import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "../../local/demo/startLocalApp.ts";
import { accessibilityProblems } from "./support/accessibility.ts";
import { launchBrowser, newPerson, signInAs } from "./support/browser.ts";

/** The folder for screenshots. Git ignores it. Look at them after a change to the pages. */
const FOLDER = "coverage/screenshots";

let app: LocalApp;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [app, browser] = await Promise.all([startLocalApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const SIZES = { wide: { width: 1200, height: 800 }, narrow: { width: 360, height: 740 } };

/** Keeps a page that reloads by itself on the screen until the checks are done. */
async function withoutReload(page: Page): Promise<{ end: () => Promise<void> }> {
  await page.route("**/profile", async (route) => {
    const response = await route.fetch();
    const { refresh: _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  return { end: () => page.unroute("**/profile") };
}

test.each(["wide", "narrow"] as const)(
  "the main pages fit a %s window and are accessible, light and dark",
  async (size) => {
    // The app's security policy would refuse the script that looks for problems.
    const options = { viewport: SIZES[size], bypassCSP: true };
    const { context, page } = await newPerson(browser, options);
    const shoot = async (name: string) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const path = `${FOLDER}/${name}-${size}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: true });
        expect(await accessibilityProblems(page), `${name}, ${colorScheme}`).toEqual([]);
      }
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow, `${name} is wider than the window`).toBe(0);
    };
    await page.goto(app.url);
    await shoot("welcome");
    await page.goto(`${app.url}/login`);
    await shoot("kinde-sign-in");
    await page.goto(`${app.url}/register`);
    await shoot("kinde-register");
    await signInAs(page, app.url, "Grace Hopper");
    await shoot("overview");
    await page.goto(`${app.url}/members`);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByText("Checked just now").waitFor();
    await shoot("members-closed");
    await page.goto(`${app.url}/profile`);
    await page.getByLabel("Full name").fill("");
    await page.getByLabel("Company").fill("x".repeat(201));
    await page.getByRole("button", { name: "Save profile" }).click();
    await shoot("profile-problems");
    await page.goto(`${app.url}/profile`);
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByText("Your profile is saved.").waitFor();
    await shoot("token");
    await page.goto(`${app.url}/workspace`);
    await shoot("workspace");
    await page.goto(`${app.url}/nothing-here`);
    await shoot("not-found");
    await page.goto(`${app.url}/profile`);
    await app.supabase?.postgrest.stop();
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByText("could not be saved just now").waitFor();
    await shoot("profile-not-saved");
    const stays = await withoutReload(page);
    await page.goto(`${app.url}/profile`);
    await shoot("unavailable");
    await stays.end();
    await page.goto(`${app.url}/`);
    await shoot("overview-not-checked");
    await app.supabase?.postgrest.start();
    await context.clearCookies();
    await signInAs(page, app.url, "Olive Operator");
    await page.goto(`${app.url}/back-office`);
    await page.getByRole("button", { name: "Grant the subscription of Grace Hopper" }).click();
    await page.getByText("Lifetime subscription granted.").waitFor();
    await shoot("back-office");
    await page.getByRole("button", { name: "Take back the subscription of Grace Hopper" }).click();
    await page.getByText("Lifetime subscription taken back.").waitFor();
    await context.close();
  },
);
