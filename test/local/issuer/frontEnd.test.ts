import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHttpBrowser } from "../../../local/demo/httpBrowser.ts";
import { type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";

/** Requests as Kinde's SDK for React sends them. Nothing listens at the app's address. */
const APP = "http://127.0.0.1:9";
const CALLBACK = `${APP}/callback`;
const VERIFIER = "a-verifier-of-more-than-forty-three-characters";
const EVIL = "https://evil.example";

let kinde: LocalKinde;

beforeAll(async () => {
  kinde = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [CALLBACK],
    logoutUris: [APP],
    users: [{ email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" }],
  });
});
afterAll(() => kinde.stop());

/** The address of the SDK's redirect. Without an API, the SDK sends an empty audience. */
function signInUrl(parameters: Record<string, string> = {}): string {
  const challenge = createHash("sha256").update(VERIFIER).digest("base64url");
  const query = new URLSearchParams({
    client_id: kinde.publicClientId,
    response_type: "code",
    redirect_uri: CALLBACK,
    audience: "",
    scope: "email profile openid offline",
    supports_reauth: "true",
    state: "a state",
    nonce: "a nonce",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...parameters,
  });
  return `${kinde.url}/oauth2/auth?${query}`;
}

/** Sends a form as a page from `origin` does. */
function post(path: string, fields: Record<string, string>, origin = APP): Promise<Response> {
  const body = new URLSearchParams({ client_id: kinde.publicClientId, ...fields });
  return fetch(kinde.url + path, { method: "POST", headers: { origin }, body });
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

async function signIn(): Promise<Tokens> {
  const browser = createHttpBrowser({ stopAt: CALLBACK });
  const page = await browser.open(signInUrl());
  const [user] = kinde.users.list();
  const back = await browser.submit(new URL(page.url).pathname, { user: user?.id ?? "" });
  const code = new URL(back.url).searchParams.get("code") ?? "";
  const response = await post("/oauth2/token", {
    code,
    code_verifier: VERIFIER,
    grant_type: "authorization_code",
    redirect_uri: CALLBACK,
  });
  expect(response.headers.get("access-control-allow-origin")).toBe(APP);
  return (await response.json()) as Tokens;
}

async function refresh(refreshToken: string): Promise<Tokens> {
  const fields = { grant_type: "refresh_token", refresh_token: refreshToken };
  return (await (await post("/oauth2/token", fields)).json()) as Tokens;
}

describe("prompt=create", () => {
  test("shows the registration page", async () => {
    const page = await createHttpBrowser({ stopAt: CALLBACK }).open(
      signInUrl({ prompt: "create" }),
    );
    expect(page.status).toBe(200);
    expect(page.body).toContain("<h1>Create an account</h1>");
  });

  test("creates a user and signs them in", async () => {
    const browser = createHttpBrowser({ stopAt: CALLBACK });
    const page = await browser.open(signInUrl({ prompt: "create" }));
    const back = await browser.submit(new URL(page.url).pathname, {
      given_name: "Grace",
      family_name: "Hopper",
      email: "grace@example.com",
    });
    expect(new URL(back.url).searchParams.get("code")).not.toBeNull();
    expect(new URL(back.url).searchParams.get("state")).toBe("a state");
  });
});

describe("a token of the front-end application", () => {
  let tokens: Tokens;
  beforeEach(async () => {
    tokens = await signIn();
  });

  test("has an empty audience if the SDK names no audience", () => {
    expect(decodeJwt(tokens.access_token).aud).toEqual([]);
  });

  test("can be revoked from the app's page without a secret, and the next refresh returns a new one", async () => {
    const same = await refresh(tokens.refresh_token);
    expect(same.access_token).toBe(tokens.access_token);
    const answer = await post("/oauth2/revoke", { token: tokens.access_token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(APP);
    expect(answer.headers.get("vary")).toContain("Origin");
    const next = await refresh(same.refresh_token);
    expect(decodeJwt(next.access_token).jti).not.toBe(decodeJwt(tokens.access_token).jti);
  });

  test("the page of another application cannot read the answer to a revocation", async () => {
    const answer = await post("/oauth2/revoke", { token: tokens.access_token }, EVIL);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});
