import type { webcrypto } from "node:crypto";
import { decodeJwt, exportSPKI, generateKeyPair, importJWK, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { IDS } from "./support/access.ts";
import { useKindeTokens } from "./support/kindeTokens.ts";
import { useStack } from "./support/stack.ts";
import { createTestIssuer } from "./support/testIssuer.ts";

const stack = useStack({ seed: false });
const tokens = useKindeTokens(stack, [IDS.own]);

beforeEach(async () => {
  await stack.owner.query(
    `delete from public.profiles;
     insert into public.profiles (kinde_id, full_name)
     values ('${IDS.own}', 'Own'), ('${IDS.other}', 'Other')`,
  );
  stack.supabase.trustIssuer(tokens.kinde.url);
});

async function get(token: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${stack.supabase.url}/rest/v1/profiles?select=kinde_id`, {
    headers: {
      apikey: stack.supabase.publishableKey,
      authorization: `Bearer ${token}`,
      ...headers,
    },
  });
  return { status: response.status, body: await response.json() };
}

/** The claims of the real token, with changes, signed by the local Kinde. */
const signed = (changes: Record<string, unknown>) =>
  tokens.kinde.sign({ ...decodeJwt(tokens.tokenOf(IDS.own)), ...changes });

test("Kinde's access token opens the user's own row", async () => {
  expect(decodeJwt(tokens.tokenOf(IDS.own))).toMatchObject({ role: "authenticated", aud: [] });
  expect(await get(tokens.tokenOf(IDS.own))).toEqual({
    status: 200,
    body: [{ kinde_id: IDS.own }],
  });
});

test("the publishable key alone reads nothing", async () => {
  const response = await fetch(`${stack.supabase.url}/rest/v1/profiles`, {
    headers: { apikey: stack.supabase.publishableKey },
  });
  expect(response.status).toBe(401);
});

describe("a token with an audience is accepted like one without", () => {
  test.each([[[]], [["https://api.example.com"]], ["https://api.example.com"]])(
    "%j",
    async (aud) => {
      expect((await get(await signed({ aud }))).status).toBe(200);
    },
  );
});

describe("refused with 401", () => {
  const refusal = { status: 401, body: { code: "PGRST301", message: expect.any(String) } };

  test("an ID token", async () => {
    expect(await get(tokens.idTokenOf(IDS.own))).toEqual(refusal);
  });

  test("a machine token", async () => {
    const { clientId, clientSecret, audience } = tokens.kinde.machine;
    const response = await fetch(`${tokens.kinde.url}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        audience,
      }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(await get(access_token)).toEqual(refusal);
  });

  test.each(["service_role", "postgres", "supabase_admin", "authenticator"])(
    "a token with the role %s",
    async (role) => {
      expect(await get(await signed({ role }))).toEqual(refusal);
    },
  );

  test("a token without a role", async () => {
    expect(await get(await signed({ role: undefined }))).toEqual(refusal);
  });

  test("an expired token", async () => {
    expect(await get(await signed({ exp: Math.floor(Date.now() / 1000) - 60 }))).toEqual(refusal);
  });

  test("a token without an expiry", async () => {
    expect(await get(await signed({ exp: undefined }))).toEqual(refusal);
  });

  test("a token that names another issuer", async () => {
    expect(await get(await signed({ iss: "https://evil.example" }))).toEqual(refusal);
  });

  test("a token of another issuer that signs with keys of its own", async () => {
    await using other = await createTestIssuer();
    const token = await other.sign({ sub: IDS.own, role: "authenticated" });
    expect(await get(token)).toEqual(refusal);
  });

  test("a token that claims this issuer and is signed with another key", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const token = await new SignJWT(decodeJwt(tokens.tokenOf(IDS.own)))
      .setProtectedHeader({ alg: "RS256", kid: "unknown" })
      .sign(privateKey);
    expect(await get(token)).toEqual(refusal);
  });

  test("a token signed with another algorithm", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    const token = await new SignJWT(decodeJwt(tokens.tokenOf(IDS.own)))
      .setProtectedHeader({ alg: "ES256", kid: "any" })
      .sign(privateKey);
    expect(await get(token)).toEqual(refusal);
  });

  test("a token signed with the public key as a shared secret (HS256)", async () => {
    const response = await fetch(`${tokens.kinde.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    const publicKey = (await importJWK({ ...keys[0] }, "RS256")) as webcrypto.CryptoKey;
    const token = await new SignJWT(decodeJwt(tokens.tokenOf(IDS.own)))
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(await exportSPKI(publicKey)));
    expect(await get(token)).toMatchObject({ status: 401, body: { code: "PGRST301" } });
  });

  test("a token without a signature (alg none)", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "none" })}.${part(decodeJwt(tokens.tokenOf(IDS.own)))}.`;
    expect((await get(token)).status).toBe(401);
  });

  test("a token of an issuer that is trusted no longer", async () => {
    await using other = await createTestIssuer();
    stack.supabase.trustIssuer(other.url);
    expect(await get(tokens.tokenOf(IDS.own))).toEqual(refusal);
  });
});

describe("the issuer's keys", () => {
  test("are read once for many tokens, and again for a kid that is not known", async () => {
    await using issuer = await createTestIssuer();
    stack.supabase.trustIssuer(issuer.url);
    const sign = () => issuer.sign({ sub: IDS.own, role: "authenticated" });
    for (let count = 0; count < 5; count += 1) expect((await get(await sign())).status).toBe(200);
    expect(issuer.keyRequests()).toBe(1);
    const before = await sign();
    await issuer.rotate();
    expect((await get(await sign())).status).toBe(200);
    expect(issuer.keyRequests()).toBe(2);
    expect((await get(before)).status).toBe(401);
  });

  test("are asked for again after the issuer was away", async () => {
    await using issuer = await createTestIssuer();
    stack.supabase.trustIssuer(issuer.url);
    const token = await issuer.sign({ sub: IDS.own, role: "authenticated" });
    issuer.setAway(true);
    expect((await get(token)).status).toBe(401);
    issuer.setAway(false);
    expect((await get(token)).status).toBe(200);
  });

  test("are not taken from a discovery document of another issuer", async () => {
    await using issuer = await createTestIssuer({ named: "https://evil.example" });
    stack.supabase.trustIssuer(issuer.url);
    expect((await get(await issuer.sign({ sub: IDS.own, role: "authenticated" }))).status).toBe(
      401,
    );
  });
});

describe("from a page of another origin", () => {
  const origin = "http://127.0.0.1:5173";

  test("the browser may send the key and the token", async () => {
    const response = await fetch(`${stack.supabase.url}/rest/v1/profiles`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "apikey,authorization,content-type,prefer",
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toMatch(
      /^(\*|http:\/\/127.0.0.1:5173)$/,
    );
    expect(response.headers.get("access-control-allow-methods")).toContain("PATCH");
    expect(response.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("apikey");
  });

  test("a refusal can be read by the page", async () => {
    const response = await fetch(`${stack.supabase.url}/rest/v1/profiles`, {
      headers: {
        origin,
        apikey: stack.supabase.publishableKey,
        authorization: `Bearer ${tokens.idTokenOf(IDS.own)}`,
      },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("with the policy for one application (azp)", () => {
  const policy = (clientId: string) => `
    create policy "only tokens of the web app" on public.profiles
      as restrictive for all to authenticated
      using (((select auth.jwt()) ->> 'azp') = '${clientId}')
      with check (((select auth.jwt()) ->> 'azp') = '${clientId}')`;

  test.each([
    ["this application", (): string => tokens.kinde.app.clientId, 1],
    ["another application", (): string => "another_application", 0],
  ] as const)(
    "a token of this application reads its row if the policy names %s",
    async (_name, clientId, rows) => {
      await stack.owner.query(policy(clientId()));
      try {
        expect((await get(tokens.tokenOf(IDS.own))).body).toHaveLength(rows);
      } finally {
        await stack.owner.query('drop policy "only tokens of the web app" on public.profiles');
      }
    },
  );
});
