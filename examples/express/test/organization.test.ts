import { afterEach, expect, test } from "vitest";
import { createHttpBrowser, signIn } from "../../../local/demo/httpBrowser.ts";
import { type AppWithKinde, OPERATOR, startAppWithKinde } from "./support/startApp.ts";

let app: AppWithKinde;
afterEach(() => app.stop());

/**
 * Opens the back office as a user with the permission. The database is away, so the status is 503
 * if the user may enter.
 */
async function statusOfBackOffice(orgCode?: string): Promise<number> {
  app = await startAppWithKinde(orgCode === undefined ? {} : { orgCode });
  const browser = createHttpBrowser();
  await signIn(browser, `${app.url}/login`, OPERATOR);
  return (await browser.open(`${app.url}/back-office`)).status;
}

test("the permission of the configured organization opens the back office", async () => {
  expect(await statusOfBackOffice("org_local00000000")).toBe(503);
});

test("the permission of another organization does not open the back office", async () => {
  expect(await statusOfBackOffice("org_another")).toBe(403);
});

test("without a configured organization, the permission of any organization opens the back office", async () => {
  expect(await statusOfBackOffice()).toBe(503);
});
