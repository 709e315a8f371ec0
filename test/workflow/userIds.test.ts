import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  COLUMNS,
  fakeSupabase,
  localKinde,
  profileRow,
  runSafely,
  UNKNOWN_CLAIMS,
  USER,
} from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();

/** A Supabase in which every user is a subscriber. */
function everybodySubscribed(): void {
  supabase.answer({ status: 200, json: [profileRow({ lifetime_subscriber: true })] });
}

/** The id in the request, as PostgREST reads it. */
function askedFor(): string | undefined {
  const url = supabase.requests.at(-1)?.url;
  return url && (new URL(url).searchParams.get("kinde_id") ?? undefined);
}

describe("ids with characters that are special in a URL or in PostgREST arrive unchanged", () => {
  test.each([
    "kp_a+b",
    "kp_a;b",
    "kp_a&b",
    'kp_"a"',
    "kp_a,b",
    "kp_(a)",
    "kp_é",
    "kp_a b",
    "kp_a%00",
    "kp_a%2Bb",
    "kp_a'b",
    "kp_a*",
    "kp_a.b",
    "kp_a=b&select=*",
    "kp_a#b",
    "kp_a\\",
    "kp_🙂",
    // Characters that String.replaceAll reads as a pattern. The fake Supabase must not.
    "kp_$$",
    "kp_$&",
    "kp_$'",
    "kp_$`",
    "kp:0123456789abcdef",
    "null",
  ])("%s", async (user) => {
    everybodySubscribed();
    const { outcome } = await runSafely(kinde, { user });
    expect(askedFor()).toBe(`eq.${user}`);
    expect(supabase.requests[0]?.url).toContain(`&select=${COLUMNS.join(",")}&limit=2`);
    expect(outcome).toBe("found");
  });
});

describe("impossible ids are not requested", () => {
  test.each([
    ["empty", ""],
    ["with a NUL byte", `${USER}\u0000x`],
    ["with a line break", "kp_a\nb"],
    ["with DEL", "kp_a\u007f"],
    ["with a control character of Latin-1", "kp_a\u0085"],
    ["with a lone high surrogate", "kp_\ud800"],
    ["with a lone low surrogate", "kp_\udc00a"],
    ["129 characters long", "k".repeat(129)],
  ])("%s", async (_, user) => {
    everybodySubscribed();
    const event = { context: { user: { id: user }, auth: { origin: "authorization_request" } } };
    const { code, claims } = await runSafely(kinde, { event });
    expect(code).toBe("INVALID_USER_ID");
    expect(claims).toEqual(UNKNOWN_CLAIMS);
    expect(supabase.requests).toHaveLength(0);
  });
});

test("the longest id that is requested has 128 characters", async () => {
  everybodySubscribed();
  const { outcome } = await runSafely(kinde, { user: "k".repeat(128) });
  expect(outcome).toBe("found");
});

test("any id is requested exactly or not at all, and is never complete in the log", async () => {
  everybodySubscribed();
  const ids = fc.oneof(
    fc.string({ unit: "binary", maxLength: 140 }),
    fc.string({ unit: "grapheme", maxLength: 40 }).map((id) => `kp_${id}`),
    fc.stringMatching(/^kp_[0-9a-f]{32}$/),
  );
  await fc.assert(
    fc.asyncProperty(ids, async (user) => {
      supabase.requests.length = 0;
      const { outcome } = await runSafely(kinde, {
        event: { context: { user: { id: user } } },
        user,
      });
      expect(askedFor()).toBe(outcome === "failed" ? undefined : `eq.${user}`);
    }),
    { numRuns: 500 },
  );
});

test("a Supabase that always returns another user's row never gives anyone those claims", async () => {
  const stranger = profileRow({ lifetime_subscriber: true }, USER);
  supabase.answer({ status: 200, json: [stranger] });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (id) => {
      fc.pre(id !== USER);
      const { claims } = await runSafely(kinde, { event: { context: { user: { id } } } });
      expect(claims).toEqual(UNKNOWN_CLAIMS);
    }),
    { numRuns: 200 },
  );
});
