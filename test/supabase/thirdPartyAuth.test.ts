import type { webcrypto } from "node:crypto";
import { decodeJwt, exportSPKI, generateKeyPair, importJWK, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { IDS } from "./support/access.ts";
import { useKindeTokens } from "./support/kindeTokens.ts";
import { useStack } from "./support/stack.ts";
import { createTestIssuer } from "./support/testIssuer.ts";

const PAGE = "docs/supabase-third-party-auth.md";

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

  test("a token with another issuer in its claims", async () => {
    expect(await get(await signed({ iss: "https://evil.example" }))).toEqual(refusal);
  });

  test("a token of another issuer, signed with that issuer's keys", async () => {
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

  test("a token of the local Kinde while Supabase trusts another issuer", async () => {
    await using other = await createTestIssuer();
    stack.supabase.trustIssuer(other.url);
    expect(await get(tokens.tokenOf(IDS.own))).toEqual(refusal);
  });
});

describe("the issuer's keys", () => {
  test("are read once for many tokens, and again for an unknown kid", async () => {
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

  test("are requested again after an outage of the issuer", async () => {
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

describe("with the documented policy for one application (azp)", () => {
  const policy = markedBlock(PAGE, "one application");

  test.each([
    ["this application", (): string => tokens.kinde.app.clientId, 1],
    ["another application", (): string => "another_application", 0],
  ] as const)(
    "if the policy names %s, only tokens of that application read their row",
    async (_name, clientId, rows) => {
      await stack.owner.query(policy.replaceAll("your-client-id", clientId()));
      try {
        expect((await get(tokens.tokenOf(IDS.own))).body).toHaveLength(rows);
      } finally {
        await stack.owner.query('drop policy "only tokens of the web app" on public.profiles');
      }
    },
  );
});

describe("the policy of examples/spa/README.md for a text that only subscribers read", () => {
  const read = async (lifetime_subscriber: boolean) => {
    const authorization = `Bearer ${await signed({ lifetime_subscriber })}`;
    const { url, publishableKey: apikey } = stack.supabase;
    const path = "/rest/v1/members_texts?select=title";
    return (await fetch(url + path, { headers: { apikey, authorization } })).json();
  };

  test("returns the text only for a token with the claim", async () => {
    await stack.owner.query(markedBlock("examples/spa/README.md", "protected texts"));
    await stack.owner.query(
      "insert into public.members_texts (title, body) values ('Handbook', 'For members')",
    );
    await stack.owner.query("notify pgrst, 'reload schema'");
    try {
      await expect.poll(() => read(true)).toEqual([{ title: "Handbook" }]);
      expect(await read(false)).toEqual([]);
    } finally {
      await stack.owner.query("drop table public.members_texts");
    }
  });
});

describe("the documented query for tables without row-level security", () => {
  const query = markedBlock(PAGE, "tables without row-level security");
  const listed = async () =>
    (await stack.owner.query(query)).rows.map((row) => row.without_row_level_security);

  test("finds nothing in this project", async () => {
    expect(await listed()).toEqual([]);
  });

  test.each([
    ["a table", "create table public.open (id int); grant select on public.open to authenticated"],
    [
      "a table with a grant on one column",
      "create table public.open (id int); grant update (id) on public.open to authenticated",
    ],
    [
      "a table that may only be emptied",
      "create table public.open (id int); grant delete on public.open to authenticated",
    ],
    [
      "a view with the rights of its owner",
      "create view public.open as select * from public.profiles; grant select on public.open to authenticated",
    ],
    [
      "a materialized view",
      "create materialized view public.open as select 1 as id; grant select on public.open to authenticated",
    ],
  ])("finds %s", async (_name, sql) => {
    await stack.owner.query("begin");
    try {
      await stack.owner.query(sql);
      expect(await listed()).toEqual(["open"]);
    } finally {
      await stack.owner.query("rollback");
    }
  });

  test.each([
    [
      "a table with row-level security",
      "create table public.closed (id int); alter table public.closed enable row level security; grant select on public.closed to authenticated",
    ],
    [
      "a view with the rights of its user",
      "create view public.closed with (security_invoker = true) as select * from public.profiles; grant select on public.closed to authenticated",
    ],
    [
      "a table without a grant",
      "create table public.closed (id int); revoke all on public.closed from authenticated",
    ],
  ])("does not list %s", async (_name, sql) => {
    await stack.owner.query("begin");
    try {
      await stack.owner.query(sql);
      expect(await listed()).toEqual([]);
    } finally {
      await stack.owner.query("rollback");
    }
  });
});

describe("a user who was deleted in Kinde, with a token that is still valid", () => {
  const create = () =>
    fetch(`${stack.supabase.url}/rest/v1/profiles`, {
      method: "POST",
      headers: {
        apikey: stack.supabase.publishableKey,
        authorization: `Bearer ${tokens.tokenOf(IDS.own)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ kinde_id: IDS.own, full_name: "Back", company: "Again" }),
    });

  test("cannot create the row again", async () => {
    await stack.owner.query("delete from public.profiles");
    expect((await create()).status).toBe(201);
    await stack.owner.query(
      `select public.mark_user_deleted('${IDS.own}'); delete from public.profiles`,
    );
    try {
      const refused = await create();
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: "42501" });
      expect((await stack.owner.query("select from public.profiles")).rowCount).toBe(0);
    } finally {
      await stack.owner.query("delete from private.deleted_users");
    }
  });

  test("cannot ask who was deleted", async () => {
    const response = await fetch(`${stack.supabase.url}/rest/v1/rpc/was_deleted`, {
      method: "POST",
      headers: {
        apikey: stack.supabase.publishableKey,
        authorization: `Bearer ${tokens.tokenOf(IDS.own)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ user_id: IDS.own }),
    });
    expect(response.status).toBe(404);
  });
});
