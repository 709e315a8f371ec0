import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type ConfirmClaim, createGuards } from "../src/express/index.ts";
import { ConfigurationError, createVerifier, defineClaims } from "../src/index.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

const claims = defineClaims({ member: false, tier: ["free", "pro"] });

let kinde: FakeKinde;
let server: ReturnType<express.Express["listen"]>;
/** Answers in place of the database. `questions` holds the questions that it received. */
let confirmClaim: ConfirmClaim<typeof claims.absent>;
let questions: { userId: string; claim: string; signal: AbortSignal }[];

beforeAll(async () => {
  kinde = await startFakeKinde();
  const verifier = createVerifier({ issuer: kinde.url, audience: AUDIENCE, claims });
  const { authenticateBearer, requireClaim } = createGuards(verifier, {
    realm: "demo",
    confirmClaim: (question) => {
      questions.push(question);
      return confirmClaim(question);
    },
  });
  const ok: express.RequestHandler = (_req, res) => void res.json({});
  server = express()
    .use(authenticateBearer)
    .get("/members", requireClaim("member", { confirm: "row", explain: "Subscribe." }), ok)
    .get("/guests", requireClaim("member", { confirm: "row", equals: false }), ok)
    .get("/pro", requireClaim("tier", { confirm: "row", equals: "pro" }), ok)
    .get("/token-only", requireClaim("member"), ok)
    .listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
beforeEach(() => {
  questions = [];
  confirmClaim = () => true;
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await kinde.stop();
});

async function get(path: string, token: Record<string, unknown>) {
  const response = await fetch(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    {
      headers: { authorization: `Bearer ${await kinde.token(token)}` },
    },
  );
  const { status, headers } = response;
  return {
    status,
    challenge: headers.get("www-authenticate"),
    retryAfter: headers.get("retry-after"),
    body: (await response.json()) as Record<string, unknown>,
  };
}

test("a request passes if the token and the database have the claim", async () => {
  expect((await get("/members", { member: true })).status).toBe(200);
  expect(questions).toMatchObject([{ userId: USER, claim: "member" }]);
  confirmClaim = async () => "pro";
  expect((await get("/pro", { tier: "pro" })).status).toBe(200);
});

test("a token without the claim is refused, and the database is not asked", async () => {
  expect((await get("/members", { member: false })).status).toBe(403);
  expect(questions).toEqual([]);
});

test("a guard without confirm does not ask the database", async () => {
  expect((await get("/token-only", { member: true })).status).toBe(200);
  expect(questions).toEqual([]);
});

test.each([false, undefined, "true", 1])(
  "a token with the claim is refused if the value in the database is %j",
  async (value) => {
    confirmClaim = () => value;
    const answer = await get("/members", { member: true });
    expect(answer).toMatchObject({ status: 403, retryAfter: null });
    expect(answer.challenge).toContain('error="insufficient_scope"');
    expect(answer.body).toMatchObject({
      type: "urn:demo:claim-required",
      claim: "member",
      detail: "Subscribe.",
    });
  },
);

test("a user without a row is refused, even if the route requires the value of an absent claim", async () => {
  confirmClaim = () => undefined;
  expect((await get("/guests", { member: false })).status).toBe(403);
});

test.each([
  [
    "throws",
    () => {
      throw new Error(`${USER} is away`);
    },
  ],
  ["rejects", async () => Promise.reject(new Error(`${USER} is away`))],
] as const)("the answer is 503 without a challenge if confirmClaim %s", async (_how, fails) => {
  confirmClaim = fails;
  const answer = await get("/members", { member: true });
  expect(answer).toMatchObject({ status: 503, challenge: null, retryAfter: "5" });
  expect(answer.body).toMatchObject({ type: "urn:demo:claim-unconfirmed", claim: "member" });
  expect(JSON.stringify(answer.body)).not.toContain(USER);
});

test("the answer is 503 after 5 seconds if the database does not answer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let isAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  confirmClaim = () => {
    isAsked();
    return new Promise(() => undefined);
  };
  const answer = get("/members", { member: true });
  await asked;
  await vi.advanceTimersByTimeAsync(4_999);
  expect(questions[0]?.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toMatchObject({ status: 503 });
  expect(questions[0]?.signal.aborted).toBe(true);
});

test("confirm without confirmClaim is an error when the route is set up", () => {
  const verifier = createVerifier({ issuer: kinde.url, audience: AUDIENCE, claims });
  const { requireClaim } = createGuards(verifier);
  expect(() => requireClaim("member", { confirm: "row" })).toThrow(ConfigurationError);
  expect(() => requireClaim("member", { confirm: "row" })).toThrow(/confirmClaim/);
});
