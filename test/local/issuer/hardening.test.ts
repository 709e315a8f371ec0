import { type IncomingHttpHeaders, request } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CALLBACK, createSdkUser, HOME } from "../../../local/demo/sdkUser.ts";
import { type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";

const SPA = "http://localhost:5173";
const EVIL = "https://evil.example";

let kinde: LocalKinde;
let logged: string[];

beforeAll(async () => {
  logged = [];
  kinde = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [CALLBACK, `${SPA}/callback`],
    logoutUris: [HOME],
    users: [{ email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" }],
    log: (line) => logged.push(line),
  });
});
afterAll(() => kinde.stop());

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends what `fetch` cannot send: another Host header, and a path without normalization. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { method = "GET", headers = {}, body } = options;
  const { hostname, port } = new URL(kinde.url);
  return new Promise((resolve, reject) => {
    const outward = request({ hostname, port, path, method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, headers: response.headers, body: text });
    });
    outward.setTimeout(10_000, () => outward.destroy(new Error("no answer")));
    outward.once("error", reject).end(body);
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const DISCOVERY = "/.well-known/openid-configuration";

describe("a malformed %", () => {
  test.each([
    "/api/v1/users/%/refresh_claims",
    "/api/v1/users/%e9/refresh_claims",
    "/sign-in/%zz",
    "/oauth2/auth/%",
    "/%",
  ])("is answered with 400: %s", async (path) => {
    for (const method of ["GET", "POST"]) {
      expect((await send(path, { method })).status).toBe(400);
    }
    expect(logged).toEqual([]);
  });

  test("an encoded character in the path is accepted", async () => {
    const path = "/api/v1/users/kp_%C3%A9/refresh_claims";
    expect((await send(path, { method: "POST" })).status).toBe(401);
  });
});

describe("a large form", () => {
  const body = `token=${"x".repeat(60_000)}`;

  test.each(["/oauth2/revoke", "/oauth2/token", "/sign-in/some"])(
    "is answered with 413 by %s",
    async (path) => {
      const headers = { ...FORM, "content-length": String(body.length) };
      const answer = await send(path, { method: "POST", headers, body });
      expect(answer.status).toBe(413);
      expect(answer.body).toContain("larger than");
      expect(logged).toEqual([]);
    },
  );

  test("is answered with 413 when its length is not declared", async () => {
    const headers = { ...FORM, "transfer-encoding": "chunked" };
    const answer = await send("/oauth2/revoke", { method: "POST", headers, body });
    expect(answer.status).toBe(413);
  });
});

test("a client that disconnects in the middle of a form is not reported", async () => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (const path of ["/oauth2/revoke", "/oauth2/token", "/sign-in/some"]) {
    const outward = request(`${kinde.url}${path}`, {
      method: "POST",
      headers: { ...FORM, "content-length": "50" },
    });
    outward.once("error", () => undefined);
    outward.write("token=");
    await new Promise((resolve) => setTimeout(resolve, 50));
    outward.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
  expect(logged).toEqual([]);
});

describe("the Host header", () => {
  const port = () => new URL(kinde.url).port;

  test.each(["rebound.example", "127.0.0.1", "localhost:1", "localhost.evil.example"])(
    "is refused in one sentence if it names another server: %s",
    async (host) => {
      for (const path of [DISCOVERY, "/oauth2/auth", "/api/v1/user"]) {
        const answer = await send(path, { headers: { host } });
        expect(answer.status).toBe(421);
        expect(answer.body).toContain(kinde.url);
        expect(answer.body).not.toContain("evil");
      }
    },
  );

  test("is refused even with the right port", async () => {
    const answer = await send(DISCOVERY, { headers: { host: `rebound.example:${port()}` } });
    expect(answer.status).toBe(421);
  });

  test.each(["127.0.0.1", "localhost", "LOCALHOST"])(
    "may be %s, and discovery still names the issuer's own address",
    async (name) => {
      const answer = await send(DISCOVERY, { headers: { host: `${name}:${port()}` } });
      expect(answer.status).toBe(200);
      const found = JSON.parse(answer.body) as Record<string, unknown>;
      const addresses = Object.entries(found).filter(([key]) =>
        /_(endpoint|uri)$|^issuer$/.test(key),
      );
      expect(addresses.length).toBeGreaterThan(5);
      for (const [, address] of addresses) expect(String(address)).toContain(kinde.url);
    },
  );
});

describe("CORS", () => {
  const allowed = async (origin: string, path: string, method = "GET") => {
    const answer = await send(path, {
      method,
      headers: {
        origin,
        ...(method === "OPTIONS" && { "access-control-request-method": "POST" }),
        ...(method === "POST" && FORM),
      },
      ...(method === "POST" && {
        body: `grant_type=authorization_code&code=x&client_id=${kinde.publicClientId}`,
      }),
    });
    return answer.headers["access-control-allow-origin"];
  };
  const CASES = [
    [DISCOVERY, "GET"],
    ["/.well-known/jwks.json", "GET"],
    ["/.well-known/jwks", "GET"],
    ["/oauth2/token", "OPTIONS"],
    ["/oauth2/token", "POST"],
  ] as const;

  test.each(CASES)("%s %s may be read by a registered application's page", async (path, method) => {
    expect(await allowed(SPA, path, method)).toBe(SPA);
  });

  test.each(CASES)("%s %s may not be read by another page", async (path, method) => {
    for (const origin of [EVIL, "null", "http://localhost:5174"]) {
      expect(await allowed(origin, path, method)).toBeUndefined();
    }
  });
});

test("/favicon.ico is an image", async () => {
  const answer = await send("/favicon.ico");
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("image/svg+xml");
  expect(answer.body).toContain("<svg");
});

test("a form without a sign-in before it creates no user", async () => {
  const body = "given_name=Eve&family_name=Il&email=eve%40example.com";
  const answer = await send("/sign-in/some", { method: "POST", headers: FORM, body });
  expect(answer.status).toBe(400);
  expect(kinde.users.findByEmail("eve@example.com")).toBeUndefined();
});

test("an email address of another user is refused, and the form stays filled in", async () => {
  const { sdk, session, browser } = createSdkUser(kinde);
  const page = await browser.open((await sdk.register(session)).href);
  const answer = await browser.submit(new URL(page.url).pathname, {
    given_name: 'Augusta "Ada"',
    family_name: "King",
    email: "ADA@example.com",
  });
  expect(answer.status).toBe(422);
  expect(answer.body).toContain("Another user has this email address already.");
  expect(answer.body).toContain('value="Augusta &#34;Ada&#34;"');
  expect(answer.body).toContain('value="King"');
  expect(answer.body).toContain('value="ADA@example.com"');
});
