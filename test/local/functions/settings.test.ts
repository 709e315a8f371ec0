import { beforeEach, describe, expect, test } from "vitest";
import { readProject } from "../../../supabase/functions/_shared/readProject.ts";
import { createKindeWebhook } from "../../../supabase/functions/kinde-webhook/createKindeWebhook.ts";
import { createRefreshClaims } from "../../../supabase/functions/refresh-claims/createRefreshClaims.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
/** Nothing answers at the two addresses. */
const SETTINGS = {
  KINDE_DOMAIN: "http://127.0.0.1:9",
  KINDE_M2M_CLIENT_ID: "machine",
  KINDE_M2M_CLIENT_SECRET: "machine-secret",
  REFRESH_CLAIMS_SECRET: SECRET,
  SUPABASE_URL: "http://127.0.0.1:9",
  SUPABASE_SECRET_KEYS: '{"default":"sb_secret_a"}',
};
type Settings = Readonly<Record<string, string | undefined>>;

let log: string[];
beforeEach(() => {
  log = [];
});
const parts = (settings: Settings) => ({
  read: (name: string) => settings[name],
  log: (line: string) => void log.push(line),
});
const post = (headers: Record<string, string> = {}) =>
  new Request("http://127.0.0.1/refresh-claims", { method: "POST", headers });

const NEEDED_FOR_CLAIMS = [
  "KINDE_DOMAIN",
  "KINDE_M2M_CLIENT_ID",
  "KINDE_M2M_CLIENT_SECRET",
  "REFRESH_CLAIMS_SECRET",
  "SUPABASE_URL",
  "SUPABASE_SECRET_KEYS",
];

describe("refresh-claims", () => {
  test.each(NEEDED_FOR_CLAIMS)("without %s answers 500, and its log names it", async (name) => {
    const handler = createRefreshClaims(parts({ ...SETTINGS, [name]: " " }));
    const response = await handler(post({ "x-refresh-claims-secret": SECRET }));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain(name);
    expect(log).toEqual([expect.stringMatching(new RegExp(`^refresh-claims: .*${name}`))]);
  });

  test("answers 500 if the secret has fewer than 32 characters, and does not show it", async () => {
    const short = SECRET.slice(1);
    const handler = createRefreshClaims(parts({ ...SETTINGS, REFRESH_CLAIMS_SECRET: short }));
    const response = await handler(post({ "x-refresh-claims-secret": short }));
    expect(response.status).toBe(500);
    expect(log.join()).toContain("at least 32 characters");
    expect(log.join()).not.toContain(short);
  });

  test("works after a missing setting was set", async () => {
    const settings: Record<string, string | undefined> = { ...SETTINGS, KINDE_DOMAIN: undefined };
    const handler = createRefreshClaims(parts(settings));
    expect((await handler(post())).status).toBe(500);
    settings.KINDE_DOMAIN = SETTINGS.KINDE_DOMAIN;
    expect((await handler(post())).status).toBe(401);
  });

  test.each([
    ["no secret", undefined],
    ["an empty secret", ""],
    ["another secret", "f".repeat(32)],
    ["the secret's beginning", SECRET.slice(0, -1)],
    ["the secret with one more character", `${SECRET}0`],
    ["the secret in upper case", SECRET.toUpperCase()],
  ])("answers 401 to a request with %s", async (_, given) => {
    const headers: Record<string, string> = {};
    if (given !== undefined) headers["x-refresh-claims-secret"] = given;
    const response = await createRefreshClaims(parts(SETTINGS))(post(headers));
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain(SECRET);
  });

  test("answers 405 to a GET request", async () => {
    const response = await createRefreshClaims(parts(SETTINGS))(new Request("http://127.0.0.1/"));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});

describe("kinde-webhook", () => {
  test.each(["KINDE_DOMAIN", "SUPABASE_URL", "SUPABASE_SECRET_KEYS"])(
    "without %s answers 500, and its log names it",
    async (name) => {
      const handler = createKindeWebhook(parts({ ...SETTINGS, [name]: undefined }));
      expect((await handler(post())).status).toBe(500);
      expect(log).toEqual([expect.stringMatching(new RegExp(`^kinde-webhook: .*${name}`))]);
    },
  );

  test.each(["example.kinde.com", "http://example.kinde.com", "https://example.kinde.com/x"])(
    "refuses %s as the Kinde domain",
    async (KINDE_DOMAIN) => {
      const handler = createKindeWebhook(parts({ ...SETTINGS, KINDE_DOMAIN }));
      expect((await handler(post())).status).toBe(500);
      expect(log.join()).toContain("KINDE_DOMAIN is not an https origin");
    },
  );
});

describe("the project's secret key", () => {
  const SUPABASE_URL = "https://ref.supabase.co/";
  const keyOf = (settings: Settings) =>
    readProject((name) => ({ SUPABASE_URL, ...settings })[name]).secretKey;

  test("is the key named default among several", () => {
    const SUPABASE_SECRET_KEYS = '{"kinde_workflow":"sb_secret_b","default":"sb_secret_a"}';
    expect(keyOf({ SUPABASE_SECRET_KEYS })).toBe("sb_secret_a");
  });

  test("is the service_role key in a project without the new keys", () => {
    const SUPABASE_SERVICE_ROLE_KEY = "eyJ.legacy.key";
    expect(keyOf({ SUPABASE_SECRET_KEYS: "{}", SUPABASE_SERVICE_ROLE_KEY })).toBe("eyJ.legacy.key");
    expect(keyOf({ SUPABASE_SERVICE_ROLE_KEY })).toBe("eyJ.legacy.key");
  });

  test("is never a key with another name, because such a key may belong to another role", () => {
    const SUPABASE_SECRET_KEYS = '{"kinde_workflow":"sb_secret_b"}';
    expect(() => keyOf({ SUPABASE_SECRET_KEYS })).toThrow('has no key named "default"');
  });

  test("is refused if it has characters that keys never have, and is not shown", () => {
    const SUPABASE_SECRET_KEYS = JSON.stringify({ default: "sb_secret_a\nb" });
    expect(() => keyOf({ SUPABASE_SECRET_KEYS })).toThrow(/^(?!.*sb_secret).* characters that no/);
  });

  test("is not shown when the variable cannot be read", () => {
    const SUPABASE_SECRET_KEYS = "sb_secret_a";
    expect(() => keyOf({ SUPABASE_SECRET_KEYS })).toThrow(/^SUPABASE_SECRET_KEYS is not a JSON/);
  });
});
