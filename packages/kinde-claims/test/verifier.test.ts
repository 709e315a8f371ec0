import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  ConfigurationError,
  createVerifier,
  defineClaims,
  KeySetUnavailableError,
  TokenError,
  type TokenErrorCode,
  type Verifier,
} from "../src/index.ts";
import {
  AUDIENCE,
  CLIENT,
  type FakeKinde,
  goodPayload,
  startFakeKinde,
  USER,
} from "./support/fakeKinde.ts";

const claims = defineClaims({ lifetime_subscriber: false, tier: ["free", "pro"] });
type AnyVerifier = Pick<Verifier<typeof claims.absent>, "verify">;

let kinde: FakeKinde;
let stranger: FakeKinde;
let verifier: AnyVerifier;

beforeAll(async () => {
  [kinde, stranger] = await Promise.all([startFakeKinde(), startFakeKinde()]);
  verifier = byAudience(kinde.url);
});
afterAll(() => Promise.all([kinde.stop(), stranger.stop()]));
afterEach(() => {
  vi.restoreAllMocks();
  kinde.keys = "served";
});

const byAudience = (issuer: string) => createVerifier({ issuer, audience: AUDIENCE, claims });
const seconds = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function codeOf(token: string, by = verifier): Promise<string> {
  try {
    await by.verify(token);
    return "accepted";
  } catch (error) {
    if (error instanceof TokenError || error instanceof KeySetUnavailableError) return error.code;
    throw error;
  }
}
const refused = async (token: string, code: TokenErrorCode) =>
  expect(await codeOf(token)).toBe(code);

test("verify returns the user, the claims and the payload of a valid token", async () => {
  const verified = await verifier.verify(await kinde.token({ lifetime_subscriber: true }));
  expect(verified.userId).toBe(USER);
  expect(verified.claims).toEqual({ lifetime_subscriber: true, tier: "free" });
  expect(verified.payload.org_code).toBe("org_1");
});

test("the claims have the types of the contract", () => {
  const own = byAudience(kinde.url);
  expectTypeOf(own.verify).returns.resolves.toHaveProperty("claims").toEqualTypeOf<{
    readonly lifetime_subscriber: boolean;
    readonly tier: "free" | "pro";
  }>();
  // @ts-expect-error: an audience or clients are needed
  expectTypeOf(createVerifier).toBeCallableWith({ issuer: "https://x.kinde.com", claims });
});

test("an undefined or empty client or audience in the options accepts no token", async () => {
  const missing = [undefined, null, ""] as unknown as string[];
  const withoutClient = createVerifier({ issuer: kinde.url, clients: missing, claims });
  await expect(withoutClient.verify(await kinde.token({ azp: undefined }))).rejects.toThrow(
    ConfigurationError,
  );
  const withoutAudience = createVerifier({ issuer: kinde.url, audience: missing, claims });
  await expect(withoutAudience.verify(await kinde.token({ aud: [null] }))).rejects.toThrow(
    ConfigurationError,
  );
  // A name in the list is used even if the other entries are missing.
  const clients = [...missing, CLIENT];
  const byClient = createVerifier({ issuer: kinde.url, clients, claims });
  expect(await codeOf(await kinde.token(), byClient)).toBe("accepted");
  expect(await codeOf(await kinde.token({ azp: undefined }), byClient)).toBe("WRONG_CLIENT");
});

describe("the keys", () => {
  test("are fetched once for many tokens", async () => {
    const before = kinde.keyRequests;
    const own = byAudience(kinde.url);
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, n) => kinde.token({ jti: `${n}` })),
    );
    await Promise.all(tokens.map((token) => own.verify(token)));
    expect(kinde.keyRequests - before).toBe(1);
  });

  test("are fetched once more for an unknown key, and then not again for 30 seconds", async () => {
    const own = byAudience(kinde.url);
    await own.verify(await kinde.token());
    const before = kinde.keyRequests;
    const start = Date.now();
    const token = await kinde.sign(goodPayload(kinde.url), { kid: "key-2" });
    vi.spyOn(Date, "now").mockImplementation(() => start + 31_000);
    expect(await codeOf(token, own)).toBe("UNKNOWN_KEY");
    expect(await codeOf(token, own)).toBe("UNKNOWN_KEY");
    expect(kinde.keyRequests - before).toBe(1);
  });

  test("that Kinde has just added are found", async () => {
    const own = byAudience(kinde.url);
    await own.verify(await kinde.token());
    const token = await kinde.sign(goodPayload(kinde.url), { kid: "key-2" });
    const before = kinde.jwks as { keys: object[] };
    kinde.jwks = { keys: [...before.keys, { ...before.keys[0], kid: "key-2" }] };
    const start = Date.now();
    vi.spyOn(Date, "now").mockImplementation(() => start + 31_000);
    expect(await codeOf(token, own)).toBe("accepted");
    kinde.jwks = before;
  });

  test("cause KEY_SET_UNAVAILABLE when Kinde serves an error", async () => {
    kinde.keys = "failing";
    const own = byAudience(kinde.url);
    await expect(own.verify(await kinde.token())).rejects.toThrow(KeySetUnavailableError);
    kinde.keys = "served";
    expect(await codeOf(await kinde.token(), own)).toBe("accepted");
  });

  test("cause KEY_SET_UNAVAILABLE when no server answers", async () => {
    expect(await codeOf(await kinde.token(), byAudience("http://127.0.0.1:1"))).toBe(
      "KEY_SET_UNAVAILABLE",
    );
  });

  test("are waited for no longer than the time limit", async () => {
    kinde.keys = "hanging";
    const options = { issuer: kinde.url, audience: AUDIENCE, claims, timeoutMs: 50 };
    expect(await codeOf(await kinde.token(), createVerifier(options))).toBe("KEY_SET_UNAVAILABLE");
  });

  test.each([{}, { keys: {} }, { keys: [{ kty: "RSA", kid: "key-1", n: "AQAB", e: "AQAB" }] }])(
    "cause KEY_SET_UNAVAILABLE when Kinde publishes %j",
    async (jwks) => {
      const right = kinde.jwks;
      kinde.jwks = jwks;
      expect(await codeOf(await kinde.token(), byAudience(kinde.url))).toBe("KEY_SET_UNAVAILABLE");
      kinde.jwks = right;
    },
  );

  test("can be fetched with the caller's own fetch function", async () => {
    const fetched: string[] = [];
    const own = createVerifier({
      issuer: "https://example.kinde.com",
      audience: AUDIENCE,
      claims,
      fetch: async (url) => {
        fetched.push(String(url));
        return Response.json(kinde.jwks);
      },
    });
    const token = await kinde.token({ iss: "https://example.kinde.com" });
    expect(await codeOf(token, own)).toBe("accepted");
    expect(fetched).toEqual(["https://example.kinde.com/.well-known/jwks.json"]);
  });
});

describe("a token is refused", () => {
  test("of another issuer, though signed with the right key", async () => {
    await refused(await kinde.token({ iss: "https://other.kinde.com" }), "WRONG_ISSUER");
  });
  test("with an issuer that only begins like the expected one", async () => {
    await refused(await kinde.token({ iss: `${kinde.url}.example.com` }), "WRONG_ISSUER");
  });
  test("without an issuer", async () => {
    await refused(await kinde.token({ iss: undefined }), "WRONG_ISSUER");
  });
  test("of another issuer, signed with its own key", async () => {
    await refused(await stranger.token(), "BAD_SIGNATURE");
  });
  test("with the right issuer, signed with a stranger's key", async () => {
    await refused(await stranger.token({ iss: kinde.url }), "BAD_SIGNATURE");
  });
  test("signed with a key that is not published", async () => {
    await refused(await kinde.sign(goodPayload(kinde.url), { kid: "key-2" }), "UNKNOWN_KEY");
  });
  test("for another audience", async () => {
    await refused(await kinde.token({ aud: ["https://other.example.com"] }), "WRONG_AUDIENCE");
  });
  test("for no audience", async () => {
    await refused(await kinde.token({ aud: [] }), "WRONG_AUDIENCE");
  });
  test("with alg none", async () => {
    const token = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(goodPayload(kinde.url))}.`;
    await refused(token, "WRONG_ALGORITHM");
  });
  test("with HS256, signed with the public key as the secret", async () => {
    const header = base64url({ alg: "HS256", typ: "JWT", kid: "key-1" });
    const input = `${header}.${base64url(goodPayload(kinde.url))}`;
    const signature = createHmac("sha256", kinde.publicKeyPem).update(input).digest("base64url");
    await refused(`${input}.${signature}`, "WRONG_ALGORITHM");
  });
  test.each(["RS512", "PS256", "ES256"])("whose header says %s", async (alg) => {
    const [, payload, signature] = (await kinde.token()).split(".");
    const header = base64url({ alg, typ: "JWT", kid: "key-1" });
    await refused(`${header}.${payload}.${signature}`, "WRONG_ALGORITHM");
  });
  test("that has expired", async () => {
    await refused(await kinde.token({ exp: seconds() - 10, iat: seconds() - 100 }), "EXPIRED");
  });
  test("that never expires", async () => {
    await refused(await kinde.token({ exp: undefined }), "MALFORMED");
  });
  test("without the time when it was issued", async () => {
    await refused(await kinde.token({ iat: undefined }), "MALFORMED");
  });
  test("that is not valid yet, by nbf", async () => {
    await refused(await kinde.token({ nbf: seconds() + 60 }), "NOT_YET_VALID");
  });
  test("that is not valid yet, by iat, because Kinde writes no nbf", async () => {
    await refused(await kinde.token({ iat: seconds() + 60 }), "NOT_YET_VALID");
  });
  test("whose payload was changed", async () => {
    const [header, , signature] = (await kinde.token()).split(".");
    const payload = base64url({ ...goodPayload(kinde.url), lifetime_subscriber: true });
    await refused(`${header}.${payload}.${signature}`, "BAD_SIGNATURE");
  });
  test("of a machine, which has no user", async () => {
    await refused(await kinde.token({ sub: undefined }), "NOT_A_USER_TOKEN");
  });
  test.each([[["client_credentials"]], ["client_credentials"]])(
    "of a machine that names a user, with the grant %j",
    async (gty) => {
      await refused(await kinde.token({ gty }), "NOT_A_USER_TOKEN");
    },
  );
  test.each([7, "", [USER], { id: USER }])("whose sub is %j", async (sub) => {
    await refused(await kinde.token({ sub }), "NOT_A_USER_TOKEN");
  });
  test("that is an ID token, which has no scp", async () => {
    await refused(await kinde.token({ scp: undefined, at_hash: "x" }), "NOT_A_USER_TOKEN");
  });
  test("that asks for an unknown extension", async () => {
    const [, payload, signature] = (await kinde.token()).split(".");
    const header = { alg: "RS256", kid: "key-1", typ: "JWT", crit: ["x"], x: 1 };
    await refused(`${base64url(header)}.${payload}.${signature}`, "MALFORMED");
  });
  test("that names no key, while there are several", async () => {
    const own = await startFakeKinde();
    const keysOf = ({ jwks }: FakeKinde) => (jwks as { keys: object[] }).keys;
    own.jwks = { keys: [...keysOf(own), ...keysOf(kinde)] };
    const token = await own.sign(goodPayload(own.url), { kid: undefined });
    expect(await codeOf(token, byAudience(own.url))).toBe("UNKNOWN_KEY");
    await own.stop();
  });
  test.each(["", "x", "a.b", "a.b.c", "....", "%00", "{}"])("that is %j", async (text) => {
    await refused(text, "MALFORMED");
  });
  test("that is not a string", async () => {
    await refused(undefined as unknown as string, "MALFORMED");
  });
});

test("a token that names no key is accepted while there is one key", async () => {
  expect(await codeOf(await kinde.sign(goodPayload(kinde.url), { kid: undefined }))).toBe(
    "accepted",
  );
});

test("a clock difference of 3 seconds is tolerated, and one of 7 or 8 seconds is not", async () => {
  expect(await codeOf(await kinde.token({ iat: seconds() + 3 }))).toBe("accepted");
  expect(await codeOf(await kinde.token({ exp: seconds() - 3 }))).toBe("accepted");
  await refused(await kinde.token({ iat: seconds() + 8 }), "NOT_YET_VALID");
  await refused(await kinde.token({ exp: seconds() - 7 }), "EXPIRED");
});

describe("the clients", () => {
  test("decide when the API has no audience (aud: [])", async () => {
    const byClient = createVerifier({ issuer: kinde.url, clients: ["other", CLIENT], claims });
    expect(await codeOf(await kinde.token({ aud: [] }), byClient)).toBe("accepted");
    expect(await codeOf(await kinde.token({ azp: "another_app" }), byClient)).toBe("WRONG_CLIENT");
    expect(await codeOf(await kinde.token({ azp: undefined }), byClient)).toBe("WRONG_CLIENT");
    expect(await codeOf(await kinde.token({ azp: [CLIENT] }), byClient)).toBe("WRONG_CLIENT");
  });

  test("and the audience must both match when both are named", async () => {
    const audience = ["https://other.example.com", AUDIENCE];
    const both = createVerifier({ issuer: kinde.url, audience, clients: [CLIENT], claims });
    expect(await codeOf(await kinde.token(), both)).toBe("accepted");
    expect(await codeOf(await kinde.token({ azp: "another_app" }), both)).toBe("WRONG_CLIENT");
    expect(await codeOf(await kinde.token({ aud: [] }), both)).toBe("WRONG_AUDIENCE");
  });
});

describe("invalid options", () => {
  const missing = undefined as unknown as string;
  test.each([
    ["no issuer", { issuer: missing, audience: AUDIENCE }],
    ["an issuer over http on another machine", { issuer: "http://kinde.example", audience: "x" }],
    ["an issuer with a path", { issuer: "https://example.kinde.com/x", audience: "x" }],
    ["an issuer with a password", { issuer: "https://a:b@example.kinde.com", audience: "x" }],
    ["neither audience nor clients", { issuer: "https://example.kinde.com", audience: missing }],
    ["an empty audience", { issuer: "https://example.kinde.com", audience: "" }],
    ["no clients", { issuer: "https://example.kinde.com", clients: [] }],
    ["an empty client", { issuer: "https://example.kinde.com", clients: [""] }],
  ])("%s: reported at the first use, not before", async (_name, options) => {
    // This must not throw: a build without environment variables loads modules that call it.
    const own = createVerifier({ ...options, claims });
    const error = await own.verify(await kinde.token()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("createVerifier: ");
    expect(String(error)).not.toContain("a:b");
  });

  test("a slash at the end of the issuer is removed", async () => {
    expect(await codeOf(await kinde.token(), byAudience(`${kinde.url}/`))).toBe("accepted");
  });
});
