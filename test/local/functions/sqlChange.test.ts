import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createHttpBrowser, type HttpBrowser, signIn } from "../../../local/demo/httpBrowser.ts";
import { createSdkUser } from "../../../local/demo/sdkUser.ts";
import { type LocalApp, startLocalApp } from "../../../local/demo/startLocalApp.ts";
import { withDatabase } from "../../../local/supabase/index.ts";

/** `npm run app` without Deno, while SQL changes the database from another terminal. */
let app: LocalApp;
const log: string[] = [];
beforeAll(async () => {
  app = await startLocalApp({ relay: {}, log: (line) => void log.push(line) });
});
afterAll(() => app?.stop());

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";
const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";
const LIMIT = { timeout: 60_000, interval: 5 };

/** Sets the column by SQL, and waits for the commit. */
const setBySql = (userId: string, granted: boolean) =>
  withDatabase(app.supabase?.databaseUrl ?? "", (client) =>
    client.query("update public.profiles set lifetime_subscriber = $2 where kinde_id = $1", [
      userId,
      granted,
    ]),
  );
async function shownBy(browser: HttpBrowser): Promise<string | undefined> {
  const { body, redirects } = await browser.open(`${app.url}/`);
  // A redirect to Kinde would mean a new sign-in.
  expect(redirects).toBe(0);
  return /<code>lifetime_subscriber<\/code><\/dt>\s*<dd><strong>(\w+)/.exec(body)?.[1];
}

test("prints that the Node worker relays, and how to get Deno", () => {
  expect(log.filter((line) => line.includes("npm install --no-save deno"))).toHaveLength(1);
});

test.each([true, false])(
  "a claim that SQL sets to %s is in the token after the next refresh, because of the relay",
  async (granted) => {
    await setBySql(GRACE, !granted);
    const user = createSdkUser(app.kinde, { redirectUri: `${app.url}/callback` });
    await user.signIn(GRACE);
    const claim = async () => {
      await user.sdk.refreshTokens(user.session);
      return (await user.sdk.getClaim(user.session, "lifetime_subscriber")).value;
    };
    await vi.waitFor(async () => expect(await claim()).toBe(!granted), LIMIT);
    await setBySql(GRACE, granted);
    await vi.waitFor(async () => expect(await claim()).toBe(granted), LIMIT);
  },
);

test("the open page shows the claim after a reload, without a new sign-in", async () => {
  await setBySql(ADA, false);
  const browser = createHttpBrowser();
  await signIn(browser, `${app.url}/login`, ADA);
  await vi.waitFor(async () => expect(await shownBy(browser)).toBe("false"), LIMIT);
  for (const granted of ["true", "false"]) {
    await setBySql(ADA, granted === "true");
    expect(await shownBy(browser)).toBe(granted);
  }
});
