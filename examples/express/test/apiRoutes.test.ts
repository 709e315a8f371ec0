import express from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticateBearer } from "../guards/authenticateBearer.ts";
import { requireLifetimeSubscriber, requireProfileComplete } from "../guards/requireClaim.ts";
import { createAccessTokenVerifier } from "../tokens/verifyAccessToken.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

let kinde: FakeKinde;
let api: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  kinde = await startFakeKinde();
  const app = express()
    .use(authenticateBearer(createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE })))
    .get("/members", requireLifetimeSubscriber, (_req, res) => void res.json("in"))
    .get("/workspace", requireProfileComplete, (_req, res) => void res.json("in"));
  api = await serve(app);
});
afterAll(() => Promise.all([api.stop(), kinde.stop()]));

async function get(path: string, authorization?: string) {
  const response = await fetch(api.url + path, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const type = response.headers.get("content-type");
  const challenge = response.headers.get("www-authenticate");
  const body = await response.json();
  return { status: response.status, type, challenge, body };
}

test("without a token: 401 and a challenge that names no error", async () => {
  const { status, type, challenge, body } = await get("/members");
  expect(status).toBe(401);
  expect(type).toBe("application/problem+json; charset=utf-8");
  expect(challenge).toBe('Bearer realm="profile-claims"');
  expect(body).toMatchObject({ type: "urn:profile-claims:token-required", status: 401 });
});

test.each(["Basic dTpw", "Token abc", "Bearerabc"])(
  "%j is no bearer token: 401, and a challenge that names no error",
  async (authorization) => {
    const { status, challenge } = await get("/members", authorization);
    expect(status).toBe(401);
    expect(challenge).not.toContain("error");
  },
);

test.each(["Bearer", "Bearer ", "Bearer a b", "bearer a,b"])(
  "%j is a bearer token that cannot be read: 400",
  async (authorization) => {
    const { status, challenge, body } = await get("/members", authorization);
    expect(status).toBe(400);
    expect(challenge).toContain('error="invalid_request"');
    expect(body).toMatchObject({ type: "urn:profile-claims:token-unreadable" });
  },
);

test("with a bad token: 401, and the challenge says why", async () => {
  const expired = await kinde.token({ exp: 1 });
  const { status, challenge, body } = await get("/members", `Bearer ${expired}`);
  expect(status).toBe(401);
  expect(challenge).toBe(
    'Bearer realm="profile-claims", error="invalid_token", error_description="The access token expired"',
  );
  expect(body).toMatchObject({ type: "urn:profile-claims:token-refused", code: "EXPIRED" });
});

test("with the claim false: 403, and the problem names the claim", async () => {
  const { status, type, challenge, body } = await get("/members", `Bearer ${await kinde.token()}`);
  expect(status).toBe(403);
  expect(type).toBe("application/problem+json; charset=utf-8");
  expect(challenge).toContain('error="insufficient_scope"');
  expect(body).toMatchObject({
    type: "urn:profile-claims:claim-required",
    claim: "lifetime_subscriber",
    status: 403,
  });
});

test("with the claim true: 200", async () => {
  const token = await kinde.token({ lifetime_subscriber: true });
  expect(await get("/members", `Bearer ${token}`)).toMatchObject({ status: 200, body: "in" });
  expect((await get("/members", `bearer ${token}`)).status).toBe(200);
});

describe("a claim that is not the boolean true is refused", () => {
  test.each([["true"], [1], ["1"], [[true]], [{ value: true }], [null], [undefined]])(
    "%j",
    async (value) => {
      const token = await kinde.token({ profile_complete: value, lifetime_subscriber: value });
      expect((await get("/workspace", `Bearer ${token}`)).status).toBe(403);
      expect((await get("/members", `Bearer ${token}`)).status).toBe(403);
    },
  );
});

test("one claim does not stand for the other", async () => {
  const token = await kinde.token({ profile_complete: true });
  expect((await get("/workspace", `Bearer ${token}`)).status).toBe(200);
  expect((await get("/members", `Bearer ${token}`)).status).toBe(403);
});

test("while the keys cannot be had: 503, and no challenge", async () => {
  const app = express().use(
    authenticateBearer(
      createAccessTokenVerifier({ issuer: "http://127.0.0.1:1", audience: AUDIENCE }),
    ),
  );
  const other = await serve(app);
  const response = await fetch(other.url, {
    headers: { authorization: `Bearer ${await kinde.token()}` },
  });
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(response.headers.get("www-authenticate")).toBeNull();
  await other.stop();
});

test("no answer holds a stack trace or the token", async () => {
  const token = await kinde.token({ exp: 1 });
  const { body, challenge } = await get("/members", `Bearer ${token}`);
  const all = JSON.stringify(body) + challenge;
  expect(all).not.toContain(token);
  expect(all).not.toMatch(/ at .*\.ts|node_modules/);
});
