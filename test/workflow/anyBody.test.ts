import fc from "fast-check";
import { expect, test } from "vitest";
import { BOTH_FALSE, fakeSupabase, localKinde, runSafely, USER } from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();

const value = fc.oneof(
  fc.boolean(),
  fc.constantFrom("true", 1, 0, null, "", [], {}),
  fc.jsonValue(),
);
const row = fc.record(
  {
    kinde_id: fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(USER) }, value),
    lifetime_subscriber: value,
    profile_complete: value,
    __proto__: value,
    code: value,
    message: fc.string(),
  },
  { requiredKeys: [] },
);
const status = fc.constantFrom(200, 201, 206, 400, 401, 403, 404, 429, 500, 502, 503, 523);

/** Near misses are worth more than noise: most bodies are almost the answer that is expected. */
const body = fc.oneof(
  { weight: 4, arbitrary: fc.array(row, { maxLength: 3 }).map((rows) => JSON.stringify(rows)) },
  { weight: 2, arbitrary: row.map((object) => JSON.stringify(object)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 2_000 }) },
);

test("whatever is answered: two booleans, no exception, one log line, and true only for a true row", async () => {
  await fc.assert(
    fc.asyncProperty(body, status, async (text, status) => {
      supabase.answer(() => new Response(text, { status }));
      const { claims, outcome } = await runSafely(kinde, { user: USER });
      expect(claims).toEqual(outcome === "found" ? rowIn(text) : BOTH_FALSE);
    }),
    { numRuns: 1_500 },
  );
}, 60_000);

/** The claims of a body that is exactly one row of the user's; anything else must not be "found". */
function rowIn(text: string) {
  const [{ kinde_id, lifetime_subscriber, profile_complete }, ...others] = JSON.parse(text);
  expect(others).toHaveLength(0);
  expect(kinde_id).toBe(USER);
  return { lifetime_subscriber, profile_complete };
}
