import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigError } from "../config.ts";
import { createKindeClient, type KindeClient, type SignInSecrets } from "../kinde/kindeClient.ts";
import { createTokenRefresher, RefreshRefused } from "../kinde/refreshTokens.ts";
import { explainFailure } from "../kinde/signInFailure.ts";
import { CLIENT, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

const SECRET = "s".repeat(50);
/** Long enough for an answer on a busy machine. */
const LIMIT_MS = 20_000;
const SHORT_MS = 300;

let kinde: FakeKinde;
let stranger: FakeKinde;
let client: KindeClient;
beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
});
afterAll(() => Promise.all([kinde.stop(), stranger.stop()]));
beforeEach(() => {
  kinde.requests.length = 0;
  client = clientOf(kinde.url, LIMIT_MS);
});

function clientOf(domain: string, limitMs?: number): KindeClient {
  const settings = { domain, clientId: CLIENT, clientSecret: SECRET };
  return createKindeClient({ url: "https://app.example.com", kinde: settings }, limitMs);
}
function answering(status: number, body: object): void {
  kinde.answer = (_req, res) => {
    res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}
function idClaims(more: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return { iss: kinde.url, aud: [CLIENT], sub: USER, iat: now, exp: now + 60, ...more };
}
function tokens(idToken: string) {
  return { access_token: "a", token_type: "bearer", expires_in: 60, id_token: idToken };
}
async function finish(secrets: SignInSecrets): Promise<string> {
  const callback = new URL(`https://app.example.com/callback?code=c&state=${secrets.state}`);
  const failure = await client
    .finishSignIn(callback, secrets)
    .then(() => undefined, explainFailure);
  return failure?.code ?? "done";
}

describe("a sign-in", () => {
  test("sends the code, its verifier and the client's credentials", async () => {
    const { secrets } = await client.beginSignIn();
    answering(200, tokens(await kinde.sign(idClaims({ nonce: secrets.nonce }))));
    expect(await finish(secrets)).toBe("done");
    expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
      grant_type: "authorization_code",
      client_id: CLIENT,
      client_secret: SECRET,
      code: "c",
      code_verifier: secrets.codeVerifier,
      redirect_uri: "https://app.example.com/callback",
    });
  });

  test.each([
    ["another nonce", { nonce: "another" }],
    ["no nonce", {}],
  ])("whose ID token has %s is refused", async (_name, claims) => {
    const { secrets } = await client.beginSignIn();
    answering(200, tokens(await kinde.sign(idClaims(claims))));
    expect(await finish(secrets)).toBe("EXCHANGE_FAILED");
  });

  test.each([
    ["is for another client", { aud: ["another"] }],
    ["has another issuer", { iss: "https://other.kinde.com" }],
    ["has expired", { exp: 1 }],
  ])("whose ID token %s is refused", async (_name, claims) => {
    const { secrets } = await client.beginSignIn();
    answering(200, tokens(await kinde.sign(idClaims({ nonce: secrets.nonce, ...claims }))));
    expect(await finish(secrets)).toBe("EXCHANGE_FAILED");
  });

  test("whose ID token was signed with another key is refused", async () => {
    const { secrets } = await client.beginSignIn();
    answering(200, tokens(await stranger.sign(idClaims({ nonce: secrets.nonce }))));
    expect(await finish(secrets)).not.toBe("done");
  });

  test("that Kinde's token endpoint refuses shows Kinde's description", async () => {
    const { secrets } = await client.beginSignIn();
    answering(400, { error: "access_denied", error_description: "Your account is suspended" });
    const error = await client
      .finishSignIn(new URL(`https://a.b/?code=c&state=${secrets.state}`), secrets)
      .catch((caught: unknown) => caught);
    expect(explainFailure(error)).toEqual({
      code: "EXCHANGE_FAILED",
      sentence: "Kinde did not let you in: Your account is suspended",
    });
  });

  test("fails after the time limit if Kinde does not answer", async () => {
    const { secrets } = await client.beginSignIn();
    client = clientOf(kinde.url, SHORT_MS);
    kinde.answer = () => undefined;
    const startedAt = Date.now();
    expect(await finish(secrets)).toBe("NO_ANSWER");
    expect(Date.now() - startedAt).toBeLessThan(4_000);
    // Headers without a body do not count as an answer.
    kinde.answer = (_req, res) => {
      res.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    };
    expect(await finish(secrets)).toBe("NO_ANSWER");
  });

  test.each([
    [500, { error: "server_error" }],
    [429, { error: "slow_down" }],
    [502, {}],
  ])("that Kinde answers with %i may be tried again", async (status, body) => {
    const { secrets } = await client.beginSignIn();
    answering(status, body);
    expect(await finish(secrets)).toBe("NO_ANSWER");
  });
});

describe("Kinde's metadata", () => {
  test("is waited for until the time limit, and is fetched again after a failure", async () => {
    let hangs = true;
    const server = createServer((_req, res) => {
      if (hangs) return;
      res.setHeader("content-type", "application/json");
      res.end(JSON.stringify({ issuer: url, authorization_endpoint: `${url}/oauth2/auth` }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const slow = clientOf(url, 1_000);
    await expect(slow.beginSignIn()).rejects.toThrow(/timeout|aborted/i);
    hangs = false;
    expect((await slow.beginSignIn()).url.pathname).toBe("/oauth2/auth");
    server.closeAllConnections();
    server.close();
  });
});

test("a request may take 5 s unless the limit is set", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout");
  await clientOf(kinde.url, undefined).beginSignIn();
  expect(timeout.mock.calls).toEqual([[5_000]]);
  timeout.mockRestore();
});

describe("a refresh", () => {
  const refresh = (session = signedIn()) => createTokenRefresher(client)(session);
  const signedIn = () => ({
    kinde: { tokens: { accessToken: "a", idToken: "i", refreshToken: "r" }, changedAt: 1 },
  });

  test.each([
    [400, { error: "invalid_grant" }],
    [403, { error: "access_denied" }],
  ])("that Kinde answers with %i %j is refused", async (status, body) => {
    answering(status, body);
    await expect(refresh()).rejects.toThrow(RefreshRefused);
  });

  test.each([
    [500, { error: "server_error" }],
    [429, { error: "slow_down" }],
    [401, { error: "invalid_client" }],
    [502, {}],
  ])("that Kinde answers with %i %j does not count as refused", async (status, body) => {
    answering(status, body);
    await expect(refresh()).rejects.not.toThrow(RefreshRefused);
  });

  test("fails after the time limit if Kinde does not answer", async () => {
    client = clientOf(kinde.url, SHORT_MS);
    kinde.answer = () => undefined;
    await expect(refresh()).rejects.toThrow(/timeout|aborted/i);
  });

  test("keeps a token that Kinde does not send again", async () => {
    answering(200, { access_token: "fresh", token_type: "bearer", expires_in: 60 });
    const session = signedIn();
    await refresh(session);
    expect(session.kinde.tokens).toEqual({
      accessToken: "fresh",
      idToken: "i",
      refreshToken: "r",
    });
  });
});

test("http is allowed only for a Kinde on this machine", () => {
  expect(() => clientOf("http://yours.kinde.com")).toThrow(ConfigError);
  expect(() => clientOf("http://localhost:3000")).not.toThrow();
});
