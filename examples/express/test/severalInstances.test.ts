import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createHttpBrowser, register } from "../../../local/demo/httpBrowser.ts";
import { type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";
import { createApp } from "../createApp.ts";
import { postgresSessions } from "./support/postgresSessions.ts";
import { serve } from "./support/serve.ts";

/** Two instances of the app behind one address. They answer in turn. */
let supabase: LocalSupabase;
let pool: pg.Pool;
let kinde: LocalKinde;
let app: Awaited<ReturnType<typeof serve>>;
const answers = [0, 0];
const log: string[] = [];

beforeAll(async () => {
  supabase = await startSupabase();
  pool = new pg.Pool({ connectionString: supabase.databaseUrl });
  const instances: ReturnType<typeof createApp>[] = [];
  let turn = 0;
  app = await serve((req, res) => {
    turn = 1 - turn;
    answers[turn] = (answers[turn] ?? 0) + 1;
    instances[turn]?.(req, res);
  });
  kinde = await startIssuer({
    workflow: async () => ({
      issued: true,
      claims: { accessToken: { role: "authenticated" }, idToken: {} },
    }),
    redirectUris: [`${app.url}/callback`],
    logoutUris: [`${app.url}/`],
    webhook: { url: `${app.url}/webhooks/kinde` },
  });
  supabase.trustIssuer(kinde.url);
  for (let count = 0; count < 2; count++) {
    const config = {
      url: app.url,
      kinde: { domain: kinde.url, ...kinde.app, machine: kinde.machine },
      supabase,
      sessionSecret: "the same secret for all instances",
    };
    const sessions = await postgresSessions(pool);
    instances.push(createApp(config, (line) => void log.push(line), { sessions }));
  }
});
afterAll(async () => {
  await app?.stop();
  await kinde?.stop();
  await pool?.end();
  await supabase?.stop();
});

let count = 0;
async function newUser() {
  const browser = createHttpBrowser();
  const email = `user-${++count}@example.com`;
  const page = await register(browser, app.url, email);
  expect(page).toMatchObject({ status: 200, url: `${app.url}/` });
  return { browser, userId: kinde.users.findByEmail(email)?.id ?? "" };
}
async function tokenOf(browser: ReturnType<typeof createHttpBrowser>): Promise<string | undefined> {
  const page = await browser.open(`${app.url}/token`);
  return /&#34;jti&#34;: &#34;([\w-]+)/.exec(page.body)?.[1];
}

test("a sign-in that begins at one instance ends at the other, and both then read its session", async () => {
  const { browser } = await newUser();
  const first = await tokenOf(browser);
  expect(first).toBeDefined();
  expect(await tokenOf(browser)).toBe(first);
  expect(answers.every((times) => times > 0)).toBe(true);
});

test("a form from one instance is accepted by the other, and both see the fresh token", async () => {
  const { browser } = await newUser();
  const before = await tokenOf(browser);
  await browser.submit("/token/refresh", {});
  const after = await tokenOf(browser);
  expect(after).not.toBe(before);
  expect(await tokenOf(browser)).toBe(after);
});

test("signing out at one instance ends the session at both", async () => {
  const { browser } = await newUser();
  await browser.open(`${app.url}/token`);
  const cookie = browser.cookie(app.url, "app_session") ?? "";
  await browser.submit("/logout", {});
  browser.setCookie(app.url, "app_session", cookie);
  for (const _instance of [1, 2]) {
    const response = await fetch(`${app.url}/token`, {
      headers: { cookie: `app_session=${cookie}` },
      redirect: "manual",
    });
    expect(response.status).toBe(303);
  }
});

test("a user who is deleted in Kinde is signed out at both, and the database stores the deletion", async () => {
  const { browser, userId } = await newUser();
  await kinde.webhooksSettled();
  kinde.users.remove(userId);
  await kinde.webhooksSettled();
  await vi.waitFor(async () => {
    for (const _instance of [1, 2]) expect(await tokenOf(browser)).toBeUndefined();
  });
  const { rowCount } = await pool.query("select from private.deleted_users where user_id = $1", [
    userId,
  ]);
  expect(rowCount).toBe(1);
});

test("a session in the database is plain data", async () => {
  const { userId } = await newUser();
  const { rows } = await pool.query(
    "select sess from app_sessions.session where sess ->> 'userId' = $1",
    [userId],
  );
  expect(rows).toHaveLength(1);
  expect(Object.keys(rows[0].sess).sort()).toEqual([
    "cookie",
    "csrfToken",
    "kinde",
    "stored",
    "userId",
  ]);
  expect(rows[0].sess.kinde.tokens.refreshToken).toEqual(expect.any(String));
});

test("while the sessions cannot be read, the page says that the app cannot check who is signed in", async () => {
  const { browser } = await newUser();
  const query = vi.spyOn(pool, "query").mockRejectedValue(new Error("connection refused"));
  const page = await browser.open(`${app.url}/token`);
  query.mockRestore();
  expect(page.status).toBe(503);
  expect(page.body).toContain("cannot check whether you are signed in");
  expect(log.join("\n")).not.toMatch(/\.ts:\d+/);
});
