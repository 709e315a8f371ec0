import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CALLBACK, createSdkUser, HOME, type SdkUser } from "../../../local/demo/sdkUser.ts";
import { type FreshnessMode, type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";

let kinde: LocalKinde;
let runs: number;
let complete: boolean;
let ada: SdkUser;

beforeAll(async () => {
  kinde = await startIssuer({
    workflow: async () => {
      runs++;
      return { issued: true, claims: { accessToken: { profile_complete: complete }, idToken: {} } };
    },
    redirectUris: [CALLBACK],
    logoutUris: [HOME],
    users: [{ id: ADA, email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" }],
  });
});
afterAll(() => kinde.stop());

/** Signs in with the claim false, then changes the row without telling Kinde. */
beforeEach(async () => {
  kinde.freshness = "refresh_claims";
  runs = 0;
  complete = false;
  ada = createSdkUser(kinde);
  await ada.signIn(ADA);
  complete = true;
});

const claim = () => ada.accessToken().profile_complete;
const refresh = () => ada.sdk.refreshTokens(ada.session);

async function machineToken(scope?: string, audience?: string): Promise<string> {
  const response = await fetch(`${kinde.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: kinde.machine.clientId,
      client_secret: kinde.machine.clientSecret,
      audience: audience ?? kinde.machine.audience,
      ...(scope !== undefined && { scope }),
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function refreshClaims(token?: string, userId = ADA): Promise<number> {
  const response = await fetch(`${kinde.url}/api/v1/users/${userId}/refresh_claims`, {
    method: "POST",
    headers: { authorization: `Bearer ${token ?? (await machineToken())}` },
  });
  await response.text();
  return response.status;
}

async function revoke(
  token = String(ada.items.get("access_token")),
  secret = kinde.app.clientSecret,
) {
  const response = await fetch(`${kinde.url}/oauth2/revoke`, {
    method: "POST",
    body: new URLSearchParams({ token, client_id: kinde.app.clientId, client_secret: secret }),
  });
  await response.text();
  return response.status;
}

test("a refresh returns the same token, and the workflow does not run", async () => {
  const before = ada.items.get("access_token");
  const { expires_in } = await refresh();
  expect(ada.items.get("access_token")).toBe(before);
  expect(Number(expires_in)).toBeLessThanOrEqual(24 * 60 * 60);
  expect(runs).toBe(1);
});

describe("the step after which the token shows the changed row", () => {
  const STEPS: Record<string, () => Promise<unknown>> = {
    "a refresh": refresh,
    "refresh_claims and a refresh": async () => {
      await refreshClaims();
      await refresh();
    },
    "a revoke and a refresh": async () => {
      await revoke();
      await refresh();
    },
    "refresh_claims, a revoke and a refresh": async () => {
      await refreshClaims();
      await revoke();
      await refresh();
    },
    "a silent sign-in": () => ada.signIn(),
  };
  const BY_MODE: Record<FreshnessMode, Record<keyof typeof STEPS, boolean>> = {
    refresh: {
      "a refresh": true,
      "refresh_claims and a refresh": true,
      "a revoke and a refresh": true,
      "refresh_claims, a revoke and a refresh": true,
      "a silent sign-in": true,
    },
    refresh_claims: {
      "a refresh": false,
      "refresh_claims and a refresh": true,
      "a revoke and a refresh": true,
      "refresh_claims, a revoke and a refresh": true,
      "a silent sign-in": true,
    },
    revoke: {
      "a refresh": false,
      "refresh_claims and a refresh": false,
      "a revoke and a refresh": true,
      "refresh_claims, a revoke and a refresh": true,
      "a silent sign-in": true,
    },
    silent: {
      "a refresh": false,
      "refresh_claims and a refresh": false,
      "a revoke and a refresh": false,
      "refresh_claims, a revoke and a refresh": false,
      "a silent sign-in": true,
    },
    never: {
      "a refresh": false,
      "refresh_claims and a refresh": false,
      "a revoke and a refresh": false,
      "refresh_claims, a revoke and a refresh": false,
      "a silent sign-in": false,
    },
  };
  const cells = Object.entries(BY_MODE).flatMap(([mode, row]) =>
    Object.entries(row).map(([step, fresh]) => ({ mode: mode as FreshnessMode, step, fresh })),
  );
  test.each(cells)(
    "in the mode $mode, the claim is $fresh after $step",
    async ({ mode, step, fresh }) => {
      kinde.freshness = mode;
      await STEPS[step]?.();
      expect(claim()).toBe(fresh);
    },
  );
});

test("after a revocation the token is new, even if its claims are not", async () => {
  kinde.freshness = "silent";
  const before = ada.items.get("access_token");
  await revoke();
  await refresh();
  expect(ada.items.get("access_token")).not.toBe(before);
  expect(claim()).toBe(false);
});

test("a revoked token no longer opens the user's profile", async () => {
  const authorization = `Bearer ${ada.items.get("access_token")}`;
  const get = () => fetch(`${kinde.url}/oauth2/v2/user_profile`, { headers: { authorization } });
  expect((await get()).status).toBe(200);
  await revoke();
  expect((await get()).status).toBe(401);
});

test("an expired token is replaced by a fresh one", async () => {
  const short = await startIssuer({
    workflow: async () => ({
      issued: true,
      claims: { accessToken: { profile_complete: complete }, idToken: {} },
    }),
    redirectUris: [CALLBACK],
    logoutUris: [HOME],
    users: [{ id: ADA, email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" }],
    // A token counts whole seconds, so a lifetime of one second may be almost over.
    accessTokenSeconds: 3,
  });
  const user = createSdkUser(short);
  await user.signIn(ADA);
  const before = user.accessToken().jti;
  await new Promise((resolve) => setTimeout(resolve, 3_100));
  await user.sdk.refreshTokens(user.session);
  expect(user.accessToken().jti).not.toBe(before);
  await short.stop();
});

describe("refresh_claims", () => {
  test("requires a machine token", async () => {
    expect(await refreshClaims("not-a-token")).toBe(401);
    expect(await refreshClaims(String(ada.items.get("access_token")))).toBe(401);
  });
  test("requires a machine token for the Management API", async () => {
    const other = await machineToken(undefined, "https://api.example.com");
    expect(await refreshClaims(other)).toBe(401);
  });
  test("requires the scope update:user_refresh_claims", async () => {
    expect(await refreshClaims(await machineToken("delete:users"))).toBe(403);
    expect(await refreshClaims(await machineToken("update:user_refresh_claims"))).toBe(200);
  });
  test("requires an existing user", async () => {
    expect(await refreshClaims(undefined, "kp_nobody")).toBe(404);
  });
  test("for one user does not change the tokens of another user", async () => {
    const other = kinde.users.create({
      email: "other@example.com",
      givenName: "O",
      familyName: "T",
    });
    await refreshClaims(undefined, other.id);
    await refresh();
    expect(claim()).toBe(false);
  });
});

describe("revoke", () => {
  test("requires the client's secret", async () => {
    expect(await revoke(undefined, "wrong")).toBe(401);
  });
  test("by another client does not change the token", async () => {
    const before = ada.items.get("access_token");
    const response = await fetch(`${kinde.url}/oauth2/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token: String(before), client_id: kinde.publicClientId }),
    });
    expect(response.status).toBe(200);
    await refresh();
    expect(ada.items.get("access_token")).toBe(before);
  });
  test("answers 200 for any token", async () => {
    expect(await revoke("no-token-at-all")).toBe(200);
  });
  test("of a refresh token ends this token", async () => {
    expect(await revoke(String(ada.items.get("refresh_token")))).toBe(200);
    await expect(refresh()).rejects.toThrow();
  });
});
