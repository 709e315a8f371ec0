import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpBrowser, type HttpBrowser, signIn } from "../../../local/demo/httpBrowser.ts";
import { type LocalApp, startLocalApp } from "../../../local/demo/startLocalApp.ts";

const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";

let app: LocalApp;
let browser: HttpBrowser;

beforeAll(async () => {
  app = await startLocalApp({ inspector: true });
  browser = createHttpBrowser();
  await signIn(browser, `${app.url}/login`, GRACE);
});
afterAll(() => app?.stop());

const cookieHeader = () => ({
  cookie: [...browser.cookies(app.url)].map(([name, value]) => `${name}=${value}`).join("; "),
});

/** Waits until the server sends a state that meets the condition, and returns this state. */
async function stateOf(
  headers: Record<string, string>,
  isWanted: (state: State) => boolean = () => true,
): Promise<State> {
  const response = await fetch(`${app.url}/__inspector/events`, { headers });
  let buffered = "";
  for await (const chunk of response.body ?? []) {
    buffered += Buffer.from(chunk).toString();
    for (const [, json = ""] of buffered.matchAll(/^data: (.+)\n\n/gm)) {
      const state = JSON.parse(json) as State;
      if (isWanted(state)) return state;
    }
  }
  throw new Error("The stream of events has ended.");
}

interface State {
  user: { id: string; name: string } | null;
  row: Record<string, unknown> | null;
  run: { lines: string[]; claims: Record<string, unknown> } | null;
  token: { claims: Record<string, unknown> } | null;
  switches: { supabase: boolean; kinde: boolean; keepsOldClaims: boolean };
}

const act = (action: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/__inspector/actions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...cookieHeader(), ...headers },
    body: JSON.stringify({ action }),
  });

describe("a page of the app", () => {
  test("loads the inspector's script, which its security policy allows", async () => {
    const response = await fetch(`${app.url}/`);
    expect(await response.text()).toContain('src="/__inspector/inspector.js"');
    expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  });

  test.each(["inspector.js", "inspector.css"])("finds %s", async (name) => {
    expect((await fetch(`${app.url}/__inspector/${name}`)).status).toBe(200);
  });

  test("is unchanged if it is not an HTML page", async () => {
    const text = await (await fetch(`${app.url}/app.css`)).text();
    expect(text).not.toContain("__inspector");
  });
});

describe("the state", () => {
  test("shows the user's row, the workflow's run and the token, without a whole user id", async () => {
    const state = await stateOf(cookieHeader());
    expect(state.user).toEqual({ id: "kp_…5e02", name: "Grace Hopper" });
    expect(state.row).toMatchObject({ full_name: "Grace Hopper", lifetime_subscriber: false });
    expect(state.run?.lines[0]).toMatch(/^profile_claims outcome=found/);
    expect(state.token?.claims).toMatchObject({ profile_complete: true });
    expect(JSON.stringify(state)).not.toContain(GRACE);
  });

  test("shows nothing about a user to a browser that is not signed in", async () => {
    expect(await stateOf({})).toMatchObject({ user: null, row: null, run: null, token: null });
  });

  test("follows a change of the row", async () => {
    await act("grant");
    const granted = await stateOf(cookieHeader(), ({ row }) => row?.lifetime_subscriber === true);
    expect(granted.token?.claims.lifetime_subscriber).toBe(false);
    await act("take-back");
    await stateOf(cookieHeader(), ({ row }) => row?.lifetime_subscriber === false);
  });
});

describe("the buttons", () => {
  test("stop and start Supabase and Kinde", async () => {
    await act("stop-supabase");
    await act("stop-kinde");
    expect((await stateOf({})).switches).toMatchObject({ supabase: false, kinde: false });
    await expect(fetch(app.kinde.url)).rejects.toThrow();
    await act("start-supabase");
    await act("start-kinde");
    expect((await stateOf({})).switches).toMatchObject({ supabase: true, kinde: true });
    expect((await fetch(`${app.kinde.url}/.well-known/openid-configuration`)).status).toBe(200);
  });

  test("make Kinde keep the old claims", async () => {
    await act("keep-old-claims");
    expect(app.kinde.freshness).toBe("never");
    await act("give-fresh-claims");
    expect(app.kinde.freshness).toBe("refresh_claims");
  });

  test.each([
    ["a form of another website", { "content-type": "application/x-www-form-urlencoded" }],
    ["text of another website", { "content-type": "text/plain" }],
  ])("do nothing for %s", async (_name, headers) => {
    expect((await act("grant", headers)).status).toBe(400);
    const state = await stateOf(cookieHeader());
    expect(state.row?.lifetime_subscriber).toBe(false);
  });

  test("an action that does not exist is refused", async () => {
    expect((await act("drop-everything")).status).toBe(400);
  });
});

test("a request that names another host is refused (DNS rebinding)", async () => {
  const status = await new Promise((resolve) => {
    const { hostname, port } = new URL(app.url);
    request({ host: hostname, port, path: "/", headers: { host: "evil.example" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(421);
});
