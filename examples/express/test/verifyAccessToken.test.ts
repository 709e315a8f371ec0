import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TokenErrorCode } from "../tokens/tokenError.ts";
import { createAccessTokenVerifier, type VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import {
  AUDIENCE,
  CLIENT,
  type FakeKinde,
  goodClaims,
  startFakeKinde,
  USER,
} from "./support/fakeKinde.ts";

let kinde: FakeKinde;
let stranger: FakeKinde;
let verify: VerifyAccessToken;

beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
  verify = createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE });
});
afterAll(() => Promise.all([kinde.stop(), stranger.stop()]));

const now = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function codeFor(token: string, by = verify): Promise<TokenErrorCode | "accepted"> {
  return by(token).then(
    () => "accepted" as const,
    (error) => error.code,
  );
}

test("a good token gives its user and its claims", async () => {
  const { userId, claims } = await verify(await kinde.token({ profile_complete: true }));
  expect(userId).toBe(USER);
  expect(claims.profile_complete).toBe(true);
});

test("the keys are fetched once for many tokens", async () => {
  const before = kinde.keyRequests;
  const own = createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE });
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, n) => kinde.token({ jti: `${n}` })),
  );
  await Promise.all(tokens.map(own));
  expect(kinde.keyRequests - before).toBe(1);
});

describe("a token is refused", () => {
  test("of another issuer, though signed with the right key", async () => {
    expect(await codeFor(await kinde.token({ iss: "https://other.kinde.com" }))).toBe(
      "WRONG_ISSUER",
    );
  });
  test("of another issuer, signed with its own key", async () => {
    expect(await codeFor(await stranger.token())).toBe("BAD_SIGNATURE");
  });
  test("with the right issuer, signed with a stranger's key", async () => {
    expect(await codeFor(await stranger.token({ iss: kinde.url }))).toBe("BAD_SIGNATURE");
  });
  test("signed with a key that is not published", async () => {
    const token = await kinde.sign(goodClaims(kinde.url), { kid: "key-2" });
    expect(await codeFor(token)).toBe("UNKNOWN_KEY");
  });
  test("for another audience", async () => {
    expect(await codeFor(await kinde.token({ aud: ["https://other.example.com"] }))).toBe(
      "WRONG_AUDIENCE",
    );
  });
  test("for no audience", async () => {
    expect(await codeFor(await kinde.token({ aud: [] }))).toBe("WRONG_AUDIENCE");
  });
  test("with alg none", async () => {
    const token = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(goodClaims(kinde.url))}.`;
    expect(await codeFor(token)).toBe("WRONG_ALGORITHM");
  });
  test("with HS256, signed with the public key as the secret", async () => {
    const input = `${base64url({ alg: "HS256", typ: "JWT", kid: "key-1" })}.${base64url(goodClaims(kinde.url))}`;
    const signature = createHmac("sha256", kinde.publicKeyPem).update(input).digest("base64url");
    expect(await codeFor(`${input}.${signature}`)).toBe("WRONG_ALGORITHM");
  });
  test("that has expired", async () => {
    expect(await codeFor(await kinde.token({ exp: now() - 10, iat: now() - 100 }))).toBe("EXPIRED");
  });
  test("that never expires", async () => {
    expect(await codeFor(await kinde.token({ exp: undefined }))).toBe("MALFORMED");
  });
  test("that is not valid yet, by nbf", async () => {
    expect(await codeFor(await kinde.token({ nbf: now() + 60 }))).toBe("NOT_YET_VALID");
  });
  test("that is not valid yet, by iat, which is all that Kinde writes", async () => {
    expect(await codeFor(await kinde.token({ iat: now() + 60 }))).toBe("NOT_YET_VALID");
  });
  test("whose payload was changed", async () => {
    const [header, , signature] = (await kinde.token()).split(".");
    const payload = base64url({ ...goodClaims(kinde.url), lifetime_subscriber: true });
    expect(await codeFor(`${header}.${payload}.${signature}`)).toBe("BAD_SIGNATURE");
  });
  test("of a machine: it has no user", async () => {
    expect(await codeFor(await kinde.token({ sub: undefined }))).toBe("NOT_A_USER_TOKEN");
  });
  test("of a machine, though it names a user", async () => {
    for (const gty of [["client_credentials"], "client_credentials"]) {
      expect(await codeFor(await kinde.token({ gty }))).toBe("NOT_A_USER_TOKEN");
    }
  });
  test.each([7, "", [USER], { id: USER }])("whose sub is %j", async (sub) => {
    expect(await codeFor(await kinde.token({ sub }))).toBe("NOT_A_USER_TOKEN");
  });
  test("that asks for an extension nobody knows", async () => {
    const token = await kinde.sign(goodClaims(kinde.url));
    const [, payload, signature] = token.split(".");
    const header = { alg: "RS256", kid: "key-1", typ: "JWT", crit: ["x"], x: 1 };
    expect(await codeFor(`${base64url(header)}.${payload}.${signature}`)).toBe("MALFORMED");
  });
  test("that names no key, while there are several", async () => {
    const own = await startFakeKinde();
    own.jwks = { keys: [...(own.jwks.keys ?? []), ...(kinde.jwks.keys ?? [])] };
    const byOwn = createAccessTokenVerifier({ issuer: own.url, audience: AUDIENCE });
    const token = await own.sign(goodClaims(own.url), { kid: undefined });
    expect(await codeFor(token, byOwn)).toBe("UNKNOWN_KEY");
    await own.stop();
  });
  test("that is an ID token: it has no scp", async () => {
    expect(await codeFor(await kinde.token({ scp: undefined }))).toBe("NOT_A_USER_TOKEN");
  });
  test.each(["", "x", "a.b", "a.b.c", "....", "%00", "{}"])(
    "that is no token: %j",
    async (text) => {
      expect(await codeFor(text)).toBe("MALFORMED");
    },
  );
});

test("a clock that is a few seconds off does no harm", async () => {
  expect(await codeFor(await kinde.token({ iat: now() + 3 }))).toBe("accepted");
  expect(await codeFor(await kinde.token({ exp: now() - 3 }))).toBe("accepted");
});

test("a clock that is further off than that is not made up for", async () => {
  expect(await codeFor(await kinde.token({ iat: now() + 7 }))).toBe("NOT_YET_VALID");
  expect(await codeFor(await kinde.token({ exp: now() - 7 }))).toBe("EXPIRED");
});

test("without an audience, only tokens of the named clients are taken", async () => {
  const byClient = createAccessTokenVerifier({ issuer: kinde.url, clients: [CLIENT] });
  expect(await codeFor(await kinde.token({ aud: [] }), byClient)).toBe("accepted");
  expect(await codeFor(await kinde.token({ azp: "another_app" }), byClient)).toBe("WRONG_AUDIENCE");
  expect(await codeFor(await kinde.token({ azp: undefined }), byClient)).toBe("WRONG_AUDIENCE");
});

test("a verifier for anybody's tokens cannot be made", () => {
  expect(() => createAccessTokenVerifier({ issuer: kinde.url })).toThrow(TypeError);
  expect(() => createAccessTokenVerifier({ issuer: kinde.url, clients: [] })).toThrow(TypeError);
});

test("keys that cannot be had are not the token's fault", async () => {
  const own = createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE });
  const token = await kinde.token();
  kinde.keysAvailable = false;
  expect(await codeFor(token, own)).toBe("KEYS_UNAVAILABLE");
  const nobody = createAccessTokenVerifier({ issuer: "http://127.0.0.1:1", audience: AUDIENCE });
  expect(await codeFor(token, nobody)).toBe("KEYS_UNAVAILABLE");
  kinde.keysAvailable = true;
  const { jwks } = kinde;
  for (const strange of [{}, { keys: {} as object[] }]) {
    kinde.jwks = strange;
    expect(await codeFor(token, own)).toBe("KEYS_UNAVAILABLE");
  }
  kinde.jwks = jwks;
  expect(await codeFor(token, own)).toBe("accepted");
});
