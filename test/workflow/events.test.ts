import { delay } from "msw";
import { expect, test } from "vitest";
import {
  fakeSupabase,
  localKinde,
  profileRow,
  runSafely,
  UNKNOWN_CLAIMS,
  USER,
} from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();
const row = profileRow({ lifetime_subscriber: true, profile_complete: true });

test.each(["authorization_request", "refresh_token_request"] as const)(
  "the claims are written on %s",
  async (origin) => {
    supabase.answer({ status: 200, json: [row] });
    const { claims, line } = await runSafely(kinde, { user: USER, origin });
    expect(claims).toMatchObject({ lifetime_subscriber: true, profile_complete: true });
    expect(line).toContain(`origin=${origin}`);
  },
);

test("works for an event without an organisation", async () => {
  supabase.answer({ status: 200, json: [row] });
  const { outcome } = await runSafely(kinde, { user: USER, org: null });
  expect(outcome).toBe("found");
});

test("the log shows the end of the user's id and the run's milliseconds", async () => {
  supabase.answer({ status: 200, json: [] });
  const { line } = await runSafely(kinde);
  expect(line).toMatch(/ outcome=missing .* user=kp_…9f3c .* ms=\d+$/);
});

test.each([
  ["no user", { context: { auth: { origin: "authorization_request" } } }],
  ["no auth", { context: { user: { id: USER } } }],
  ["no context", { request: {} }],
  ["no member", {}],
  ["a user id that is not a string", { context: { user: { id: 42 } } }],
  [
    "an origin that could break the log line",
    { context: { user: { id: USER }, auth: { origin: "a b\nc" } } },
  ],
])("the workflow throws nothing for an event with %s", async (_, event) => {
  supabase.answer({ status: 200, json: [] });
  const { claims } = await runSafely(kinde, { event });
  expect(claims).toEqual(UNKNOWN_CLAIMS);
});

test("a true claim of an earlier token does not survive a failure", async () => {
  supabase.answer({ status: 503, text: "" });
  const earlier = { accessToken: { lifetime_subscriber: true, profile_complete: true } };
  const { claims } = await runSafely(kinde, { user: USER, claims: earlier });
  expect(claims).toEqual(UNKNOWN_CLAIMS);
});

test("a run that is stopped while it waits for Supabase has already written both claims", async () => {
  supabase.answer(async () => {
    await delay(400);
    return Response.json([{ ...row, kinde_id: USER }]);
  });
  const run = await kinde.run({ user: USER, limits: { timeMs: 200 } });
  expect(run.completed).toBe(false);
  expect(run.claims.accessToken).toEqual(UNKNOWN_CLAIMS);
  expect(run.goesOn).toBe(true);
});
