import { afterAll, beforeAll, expect, test } from "vitest";
import {
  databaseClient,
  type LocalSupabase,
  startSupabase,
} from "../../../local/supabase/index.ts";
import { readProfileForm } from "../profiles/profileForm.ts";

/**
 * The planes of Unicode that have blanks. They are without U+0000 and the surrogates, because
 * PostgreSQL can store neither.
 */
const RANGES = [
  [0x1, 0xd7ff],
  [0xe000, 0x1ffff],
  [0xe0000, 0xeffff],
] as const;

let stack: LocalSupabase;
let client: ReturnType<typeof databaseClient>;
beforeAll(async () => {
  stack = await startSupabase({ seed: false });
  client = databaseClient(stack.databaseUrl);
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await stack?.stop();
});

test("the form and the database agree which code points of three planes are blanks", async () => {
  let blanks = 0;
  for (const [from, to] of RANGES) {
    const { rows } = await client.query<{ code: number }>(
      "select code from generate_series($1::int, $2::int) as code where private.is_blank(chr(code))",
      [from, to],
    );
    expect(missingInForm(from, to)).toEqual(rows.map(({ code }) => code));
    blanks += rows.length;
  }
  expect(blanks).toBeGreaterThan(4_000);
});

test("the form counts no character of the other planes as a blank", () => {
  expect(missingInForm(0x20000, 0xdffff)).toEqual([]);
  expect(missingInForm(0xf0000, 0x10ffff)).toEqual([]);
});

/** The code points that the form reports as a missing name. */
function missingInForm(from: number, to: number): number[] {
  const codes = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return codes.filter((code) => {
    const full_name = String.fromCodePoint(code);
    const { problems } = readProfileForm({ full_name, company: "ACME" });
    return problems.full_name === "Enter your full name.";
  });
}
