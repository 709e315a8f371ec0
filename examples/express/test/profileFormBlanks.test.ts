import { expect, onTestFinished, test } from "vitest";
import { databaseClient, startSupabase } from "../../../local/supabase/index.ts";
import { readProfileForm } from "../profiles/profileForm.ts";

/** The Basic Multilingual Plane without surrogates, and the plane of the tag characters. */
const RANGES = [
  [0x1, 0xd7ff],
  [0xe000, 0xffff],
  [0xe0000, 0xe01ff],
] as const;

test("the form and the database agree, for every character, on what is nothing but a blank", async () => {
  const stack = await startSupabase({ seed: false });
  onTestFinished(() => stack.stop());
  const client = databaseClient(stack.databaseUrl);
  await client.connect();
  onTestFinished(() => client.end());
  for (const [from, to] of RANGES) {
    const { rows } = await client.query<{ code: number }>(
      "select code from generate_series($1::int, $2::int) as code where not private.has_text(chr(code))",
      [from, to],
    );
    expect(refusedByForm(from, to)).toEqual(rows.map(({ code }) => code));
  }
});

function refusedByForm(from: number, to: number): number[] {
  const codes = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return codes.filter((code) => {
    const { problems } = readProfileForm({
      full_name: String.fromCodePoint(code),
      company: "ACME",
    });
    return problems.full_name !== undefined;
  });
}
