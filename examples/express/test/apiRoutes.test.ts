import express from "express";
import { createVerifier } from "kinde-claims";
import type { ConfirmClaim } from "kinde-claims/express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLAIMS } from "../claims.ts";
import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import { apiRoutes } from "../routes/apiRoutes.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";
import { serve } from "./support/serve.ts";

/** What this API adds to the guards of kinde-claims, which have their own tests. */
let kinde: FakeKinde;
let api: Awaited<ReturnType<typeof serve>>;

const serveApi = (issuer: string, confirmClaim?: ConfirmClaim<ProfileClaims>) => {
  const verifier = createVerifier({ issuer, audience: AUDIENCE, claims: profileClaims });
  return serve(
    express().use(
      "/api",
      apiRoutes(verifier, () => undefined, confirmClaim),
    ),
  );
};

beforeAll(async () => {
  kinde = await startFakeKinde();
  api = await serveApi(kinde.url);
});
afterAll(() => Promise.all([api?.stop(), kinde?.stop()]));

async function get(path: string, token?: string, url = api.url) {
  const response = await fetch(`${url}/api${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const { status, headers } = response;
  return { status, challenge: headers.get("www-authenticate"), body: await response.json() };
}

test("every path needs a token, even a path that does not exist", async () => {
  for (const path of ["/me", "/workspace", "/members", "/nothing"]) {
    const { status, challenge, body } = await get(path);
    expect(status).toBe(401);
    expect(challenge).toBe('Bearer realm="profile-claims"');
    expect(body).toMatchObject({ type: "urn:profile-claims:token-required" });
  }
});

test("/me returns the user's id and the claims as the app reads them", async () => {
  const token = await kinde.token({ lifetime_subscriber: true, profile_complete: "true" });
  expect(await get("/me", token)).toMatchObject({
    status: 200,
    body: { user: USER, ...profileClaims.absent, lifetime_subscriber: true },
  });
});

test.each([
  ["/workspace", "profile_complete", "lifetime_subscriber"],
  ["/members", "lifetime_subscriber", "profile_complete"],
] as const)("%s needs the claim %s; %s is not enough", async (path, claim, other) => {
  expect((await get(path, await kinde.token({ [claim]: true }))).status).toBe(200);
  const closed = await get(path, await kinde.token({ [other]: true }));
  expect(closed.status).toBe(403);
  expect(closed.challenge).toContain('error="insufficient_scope"');
  expect(closed.body).toMatchObject({
    type: "urn:profile-claims:claim-required",
    claim,
    detail: CLAIMS[claim].toGetIt,
  });
});

test("with confirmClaim, /members also needs the claim in the row, and other paths only the token", async () => {
  const asked: string[] = [];
  const exact = await serveApi(kinde.url, ({ claim }) => {
    asked.push(claim);
    return false;
  });
  const token = await kinde.token({ lifetime_subscriber: true, profile_complete: true });
  expect(await get("/members", token, exact.url)).toMatchObject({
    status: 403,
    body: { claim: "lifetime_subscriber" },
  });
  expect((await get("/workspace", token, exact.url)).status).toBe(200);
  expect(asked).toEqual(["lifetime_subscriber"]);
  await exact.stop();
});

test("a refused token is answered with 401 and the reason, and the answer does not contain the token", async () => {
  const token = await kinde.token({ exp: 1 });
  const { status, challenge, body } = await get("/me", token);
  expect(status).toBe(401);
  expect(body).toMatchObject({ type: "urn:profile-claims:token-refused", code: "EXPIRED" });
  expect(JSON.stringify(body) + challenge).not.toContain(token);
});

test("a resource that does not exist is answered with 404 and a problem document", async () => {
  expect(await get("/nothing", await kinde.token())).toMatchObject({
    status: 404,
    body: { type: "urn:profile-claims:not-found", status: 404 },
  });
});

test("while Kinde's keys cannot be fetched the answer is 503 without a challenge", async () => {
  const other = await serveApi("http://127.0.0.1:1");
  const answer = await get("/me", await kinde.token(), other.url);
  expect(answer).toMatchObject({ status: 503, challenge: null });
  expect(answer.body).toMatchObject({ type: "urn:profile-claims:keys-unavailable" });
  await other.stop();
});
