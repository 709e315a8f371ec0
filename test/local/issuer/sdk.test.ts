import { createKindeServerClient, GrantType } from "@kinde-oss/kinde-typescript-sdk";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CALLBACK, createSdkUser, HOME } from "../../../local/demo/sdkUser.ts";
import { type LocalKinde, startIssuer, type TokenGeneration } from "../../../local/issuer/index.ts";

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";

let kinde: LocalKinde;
let generations: TokenGeneration[];

beforeAll(async () => {
  kinde = await startIssuer({
    workflow: async (generation) => {
      generations.push(generation);
      const accessToken = { profile_complete: false, run: generations.length, sub: "taken over" };
      return { issued: true, claims: { accessToken, idToken: { plan: "free" } } };
    },
    redirectUris: [CALLBACK],
    logoutUris: [HOME],
    users: [
      {
        id: ADA,
        email: "ada@example.com",
        givenName: "Ada",
        familyName: "Lovelace",
        permissions: ["read:things"],
      },
    ],
  });
});
afterAll(() => kinde.stop());
beforeEach(() => {
  generations = [];
});

describe("the Kinde SDK, unchanged", () => {
  test("signs in, reads claims, refreshes, and fetches the user's profile", async () => {
    const { sdk, session, signIn } = createSdkUser(kinde);
    await signIn(ADA);
    expect(await sdk.isAuthenticated(session)).toBe(true);
    expect(await sdk.getClaim(session, "profile_complete")).toEqual({
      name: "profile_complete",
      value: false,
    });
    expect(await sdk.getUser(session)).toMatchObject({
      id: ADA,
      email: "ada@example.com",
      given_name: "Ada",
    });
    expect(await sdk.getUserProfile(session)).toMatchObject({ id: ADA, email: "ada@example.com" });
    expect(await sdk.getPermission(session, "read:things")).toMatchObject({ isGranted: true });
    expect(await sdk.getOrganization(session)).toEqual({ orgCode: "org_local00000000" });
    const tokens = await sdk.refreshTokens(session);
    expect(decodeJwt(tokens.access_token).sub).toBe(ADA);
  });

  test("signs in with PKCE and without a secret", async () => {
    const { sdk, session, signIn, accessToken } = createSdkUser(kinde, { pkce: true });
    await signIn(ADA);
    expect(accessToken()).toMatchObject({ sub: ADA, azp: kinde.publicClientId });
    await sdk.refreshTokens(session);
    expect(await sdk.isAuthenticated(session)).toBe(true);
  });

  test("gets a machine token", async () => {
    const items = new Map<string, unknown>();
    const client = createKindeServerClient(GrantType.CLIENT_CREDENTIALS, {
      authDomain: kinde.url,
      clientId: kinde.machine.clientId,
      clientSecret: kinde.machine.clientSecret,
      audience: kinde.machine.audience,
      logoutRedirectURL: HOME,
    });
    const token = await client.getToken({
      getSessionItem: async (key) => items.get(key) ?? null,
      setSessionItem: async (key, value) => void items.set(key, value),
      removeSessionItem: async (key) => void items.delete(key),
      destroySession: async () => items.clear(),
    });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      aud: [kinde.machine.audience],
      azp: kinde.machine.clientId,
      gty: ["client_credentials"],
      iss: kinde.url,
    });
    expect(claims.scp).toContain("update:user_refresh_claims");
    expect(claims).not.toHaveProperty("sub");
    expect(generations).toEqual([]);
  });

  test("signs out, so that the next sign-in asks for the user", async () => {
    const { sdk, session, signIn, browser, callback } = createSdkUser(kinde);
    await signIn(ADA);
    await signIn();
    const url = await sdk.logout(session);
    expect(url.href).toBe(`${kinde.url}/logout?redirect=${HOME}`);
    await browser.open(url.href).catch(() => "nothing listens at the app");
    expect((await callback()).searchParams.get("error")).toBe("login_required");
  });
});

describe("the access token", () => {
  test("is signed with RS256 and a published kid", async () => {
    const { signIn, items } = createSdkUser(kinde);
    await signIn(ADA);
    const header = decodeProtectedHeader(String(items.get("access_token")));
    expect(header).toEqual({ alg: "RS256", kid: expect.any(String), typ: "JWT" });
    for (const path of ["/.well-known/jwks.json", "/.well-known/jwks"]) {
      const { keys } = (await (await fetch(kinde.url + path)).json()) as { keys: object[] };
      expect(keys).toEqual([expect.objectContaining({ kid: header.kid, kty: "RSA", use: "sig" })]);
      expect(keys[0]).not.toHaveProperty("d");
    }
  });

  test("has Kinde's claims and the custom claims", async () => {
    const { signIn, accessToken } = createSdkUser(kinde, { audience: "https://api.example.com" });
    await signIn(ADA);
    expect(accessToken()).toEqual({
      aud: ["https://api.example.com"],
      azp: kinde.app.clientId,
      exp: expect.any(Number),
      feature_flags: {},
      iat: expect.any(Number),
      iss: kinde.url,
      jti: expect.any(String),
      org_code: "org_local00000000",
      permissions: ["read:things"],
      profile_complete: false,
      run: 1,
      scp: ["openid", "profile", "email", "offline"],
      // A workflow cannot change the subject.
      sub: ADA,
    });
    const { exp = 0, iat = 0 } = accessToken();
    expect(exp - iat).toBe(24 * 60 * 60);
  });

  test("has an empty audience if the request names no audience", async () => {
    const { signIn, accessToken } = createSdkUser(kinde);
    await signIn(ADA);
    expect(accessToken().aud).toEqual([]);
  });
});

test("the ID token has the user's names and the workflow's claims", async () => {
  const { signIn, idToken } = createSdkUser(kinde);
  await signIn(ADA);
  expect(idToken()).toMatchObject({
    aud: [kinde.url, kinde.app.clientId],
    email: "ada@example.com",
    family_name: "Lovelace",
    given_name: "Ada",
    iss: kinde.url,
    org_codes: ["org_local00000000"],
    plan: "free",
    sub: ADA,
  });
});

test("the workflow receives the same event as from Kinde", async () => {
  const { signIn } = createSdkUser(kinde, { audience: "https://api.example.com" });
  await signIn(ADA);
  await signIn();
  expect(generations).toEqual([
    expect.objectContaining({
      origin: "authorization_request",
      kindeDomain: kinde.url,
      userId: ADA,
      clientId: kinde.app.clientId,
      orgCode: "org_local00000000",
      audience: ["https://api.example.com"],
      isExistingSession: false,
    }),
    expect.objectContaining({ origin: "authorization_request", isExistingSession: true }),
  ]);
});

test("discovery names Kinde's addresses", async () => {
  const found = await (await fetch(`${kinde.url}/.well-known/openid-configuration`)).json();
  expect(found).toMatchObject({
    issuer: kinde.url,
    authorization_endpoint: `${kinde.url}/oauth2/auth`,
    token_endpoint: `${kinde.url}/oauth2/token`,
    revocation_endpoint: `${kinde.url}/oauth2/revoke`,
    userinfo_endpoint: `${kinde.url}/oauth2/v2/user_profile`,
    end_session_endpoint: `${kinde.url}/logout`,
    jwks_uri: `${kinde.url}/.well-known/jwks.json`,
    code_challenge_methods_supported: ["S256"],
  });
});

describe("refresh tokens", () => {
  test("are issued only for the scope offline", async () => {
    const { signIn, items } = createSdkUser(kinde, { scope: "openid profile" });
    await signIn(ADA);
    expect(items.get("refresh_token")).toBeUndefined();
  });

  test("can be used once: the second use ends the sign-in", async () => {
    const { sdk, session, signIn, items } = createSdkUser(kinde);
    await signIn(ADA);
    const used = items.get("refresh_token");
    await sdk.refreshTokens(session);
    const next = items.get("refresh_token");
    expect(next).not.toBe(used);
    items.set("refresh_token", used);
    await expect(sdk.refreshTokens(session)).rejects.toThrow();
    items.set("refresh_token", next);
    await expect(sdk.refreshTokens(session)).rejects.toThrow();
  });

  test("stop working when the user is deleted", async () => {
    const user = kinde.users.create({
      email: "gone@example.com",
      givenName: "G",
      familyName: "One",
    });
    const { sdk, session, signIn } = createSdkUser(kinde);
    await signIn(user.id);
    kinde.users.remove(user.id);
    await expect(sdk.refreshTokens(session)).rejects.toThrow();
  });
});

test("a silent sign-in is refused after the user was deleted", async () => {
  const user = kinde.users.create({ email: "late@example.com", givenName: "L", familyName: "Ate" });
  const { signIn, callback } = createSdkUser(kinde);
  await signIn(user.id);
  kinde.users.remove(user.id);
  expect((await callback()).searchParams.get("error")).toBe("login_required");
});

test("a wrong client secret gets no token", async () => {
  const { callback } = createSdkUser(kinde);
  const code = (await callback(ADA)).searchParams.get("code") ?? "";
  const response = await fetch(`${kinde.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: kinde.app.clientId,
      client_secret: "f".repeat(50),
      redirect_uri: CALLBACK,
      code,
    }),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: "invalid_client" });
});

test("does not redirect to an unregistered address", async () => {
  const query = new URLSearchParams({
    client_id: kinde.app.clientId,
    response_type: "code",
    scope: "openid",
    redirect_uri: "https://evil.example/callback",
    state: "s",
  });
  const auth = await fetch(`${kinde.url}/oauth2/auth?${query}`, { redirect: "manual" });
  expect(auth.status).toBe(400);
  const logout = await fetch(`${kinde.url}/logout?redirect=https://evil.example/`, {
    redirect: "manual",
  });
  expect(logout.status).toBe(400);
});
