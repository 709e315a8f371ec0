import fc from "fast-check";
import { expect, test } from "vitest";
import { PROFILE_CLAIMS } from "../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import {
  COLUMNS,
  fakeSupabase,
  localKinde,
  runSafely,
  UNKNOWN_CLAIMS,
  USER,
} from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();

const value = fc.oneof(
  fc.boolean(),
  fc.constantFrom("true", 1, 0, null, "", [], {}),
  fc.jsonValue(),
);
const columns = Object.fromEntries(COLUMNS.map((column) => [column, value]));
const row = fc.record(
  {
    ...columns,
    kinde_id: fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(USER) }, value),
    __proto__: value,
    code: value,
    message: fc.string(),
  },
  { requiredKeys: [] },
);
const status = fc.constantFrom(200, 201, 206, 400, 401, 403, 404, 429, 500, 502, 503, 523);

/** Most bodies are almost the expected answer, because near misses find more faults than noise. */
const body = fc.oneof(
  { weight: 4, arbitrary: fc.array(row, { maxLength: 3 }).map((rows) => JSON.stringify(rows)) },
  { weight: 2, arbitrary: row.map((object) => JSON.stringify(object)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 2_000 }) },
);

test("every answer leads to two booleans, no exception and one log line, and to true only for a true row", async () => {
  await fc.assert(
    fc.asyncProperty(body, status, async (text, status) => {
      supabase.answer(() => new Response(text, { status }));
      const { claims, outcome } = await runSafely(kinde, { user: USER });
      expect(claims).toEqual(outcome === "found" ? claimsIn(text) : UNKNOWN_CLAIMS);
    }),
    { numRuns: 1_100 },
  );
});

/** The claims if the body is exactly one row of the user. No other body may be "found". */
function claimsIn(text: string) {
  const [row, ...others] = JSON.parse(text);
  expect(others).toHaveLength(0);
  expect(row.kinde_id).toBe(USER);
  return Object.fromEntries(
    Object.entries(PROFILE_CLAIMS).map(([name, { column }]) => [name, row[column]]),
  );
}
