import { describe, expect, test } from "vitest";
import {
  COLUMNS,
  fakeSupabase,
  LOCAL_URLS,
  localKinde,
  runSafely,
  SECRET_KEY,
  SUPABASE_URL,
  USER,
} from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();

/** A legacy JWT key of Supabase. These tests do not check its signature. */
const jwt = (role: string) =>
  `${btoa('{"alg":"HS256"}')}.${btoa(JSON.stringify({ role, iss: "supabase", name: "Zoë" }))}.c2ln`
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function request(env: Record<string, string> = {}): Promise<Request> {
  supabase.answer({ status: 200, json: [] });
  await runSafely(kinde, {
    user: USER,
    env: { SUPABASE_URL, SUPABASE_SECRET_KEY: SECRET_KEY, ...env },
  });
  expect(supabase.requests, "one request, no retry").toHaveLength(1);
  return supabase.requests[0] as Request;
}

test("sends one request for the claims' columns of one user, with limit 2, so that it notices a duplicate", async () => {
  const { method, url } = await request();
  expect(method).toBe("GET");
  expect(url).toBe(
    `${SUPABASE_URL}/rest/v1/profiles?kinde_id=eq.${USER}&select=${COLUMNS.join(",")}&limit=2`,
  );
});

test("sends its own User-Agent, because Supabase refuses a secret key from a browser", async () => {
  const { headers } = await request();
  expect(headers.get("user-agent")).toBe("kinde-profile-claims");
  expect(headers.get("accept")).toBe("application/json");
});

test.each(["/", "//", "/rest/v1", "/rest/v1/"])(
  "%s at the end of the URL changes nothing",
  async (end) => {
    const { url } = await request({ SUPABASE_URL: `${SUPABASE_URL}${end}` });
    expect(url).toContain(`${SUPABASE_URL}/rest/v1/profiles?`);
  },
);

test.each(LOCAL_URLS)("%s needs no https", async (local) => {
  const { url } = await request({ SUPABASE_URL: local });
  expect(url).toContain(`${local}/rest/v1/profiles?`);
});

test("white space around a pasted value changes nothing", async () => {
  const { headers } = await request({ SUPABASE_SECRET_KEY: ` ${SECRET_KEY}\n` });
  expect(headers.get("apikey")).toBe(SECRET_KEY);
});

describe("the key", () => {
  test("an sb_secret_ key is sent only in apikey", async () => {
    const { headers } = await request({ SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x" });
    expect(headers.get("apikey")).toBe(SECRET_KEY);
    expect(headers.has("authorization")).toBe(false);
  });

  test("a JWT is sent in Authorization, beside the publishable key", async () => {
    const key = jwt("kinde_workflow");
    const { headers } = await request({
      SUPABASE_SECRET_KEY: key,
      SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
    });
    expect(headers.get("authorization")).toBe(`Bearer ${key}`);
    expect(headers.get("apikey")).toBe("sb_publishable_x");
  });

  test("a JWT without a publishable key is sent in both headers", async () => {
    const key = jwt("service_role");
    const { headers } = await request({ SUPABASE_SECRET_KEY: key });
    expect(headers.get("authorization")).toBe(`Bearer ${key}`);
    expect(headers.get("apikey")).toBe(key);
  });
});

describe("without the right configuration nothing is sent, and the log says what to set", () => {
  test.each([
    ["no URL", { SUPABASE_URL: "" }, "SUPABASE_URL is not set"],
    ["a URL of only blanks", { SUPABASE_URL: "  " }, "SUPABASE_URL is not set"],
    ["a URL without https", { SUPABASE_URL: "http://project.supabase.co" }, "https://"],
    [
      "a host that only starts like localhost",
      { SUPABASE_URL: "http://localhost.evil.example" },
      "https://",
    ],
    ["a host behind a user name", { SUPABASE_URL: "http://localhost@evil.example" }, "https://"],
    ["a URL without a scheme", { SUPABASE_URL: "project.supabase.co" }, "https://"],
    ["a URL with a query", { SUPABASE_URL: `${SUPABASE_URL}?x=1` }, "https://"],
    ["a URL with a line break", { SUPABASE_URL: `${SUPABASE_URL}\nx` }, "https://"],
    ["no key", { SUPABASE_SECRET_KEY: "" }, "SUPABASE_SECRET_KEY is not set"],
    [
      "only the anon key of the tutorial",
      { SUPABASE_SECRET_KEY: "", SUPABASE_ANON_KEY: jwt("anon") },
      "SUPABASE_ANON_KEY is not enough",
    ],
    ["a publishable key", { SUPABASE_SECRET_KEY: "sb_publishable_x" }, "publishable key"],
    ["the anon key", { SUPABASE_SECRET_KEY: jwt("anon") }, "of the role anon"],
    ["a user's token", { SUPABASE_SECRET_KEY: jwt("authenticated") }, "of the role authenticated"],
    [
      "a page of the dashboard",
      { SUPABASE_URL: "https://supabase.com/dashboard/project/x" },
      "https://",
    ],
    ["a string that is not a key", { SUPABASE_SECRET_KEY: "hunter2" }, "neither"],
    ["a key broken by a line break", { SUPABASE_SECRET_KEY: "sb_secret_a\nb" }, "neither"],
    ["a JWT without a role", { SUPABASE_SECRET_KEY: "e30.e30.c2ln" }, "neither"],
    ["three parts that are not a JWT", { SUPABASE_SECRET_KEY: "a.b.c" }, "neither"],
    [
      "a wrong publishable key, beside a JWT",
      { SUPABASE_SECRET_KEY: jwt("kinde_workflow"), SUPABASE_PUBLISHABLE_KEY: "a b" },
      "SUPABASE_PUBLISHABLE_KEY",
    ],
  ])("%s", async (_, env, hint) => {
    const variables = { SUPABASE_URL, SUPABASE_SECRET_KEY: SECRET_KEY, ...env };
    const { code, line } = await runSafely(kinde, { user: USER, env: variables });
    expect(code).toBe("NOT_CONFIGURED");
    expect(line).toContain(hint);
    expect(supabase.requests).toHaveLength(0);
  });

  test.each(["null", "undefined"] as const)(
    "a variable that Kinde returns as %s",
    async (missingVariable) => {
      const bare = localKinde();
      const { code } = await runSafely(bare, {
        user: USER,
        env: { SUPABASE_URL, SUPABASE_SECRET_KEY: "" },
        unknowns: { missingVariable },
      });
      expect(code).toBe("NOT_CONFIGURED");
    },
  );
});
