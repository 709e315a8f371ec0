import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KindeOptions } from "kinde-local";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  fakeSupabase,
  localKinde,
  runSafely,
  UNKNOWN_CLAIMS,
  USER,
} from "./support/harness.ts";

type Case = Answer & {
  name: string;
  expect: {
    outcome?: string;
    code?: string;
    lifetime_subscriber?: boolean;
    profile_complete?: boolean;
  };
};

/** Every file in this folder holds cases, and every case is tested. */
const FOLDER = join(import.meta.dirname, "fixtures/answers");
const cases = readdirSync(FOLDER).flatMap(
  (file): Case[] => JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Case[],
);

const supabase = fakeSupabase();
const kinde = localKinde();

describe.each(cases)("$name", ({ expect: expected, ...answer }) => {
  const { outcome = "failed", code, ...claims } = expected;

  test(`is ${code ?? outcome}`, async () => {
    supabase.answer(answer);
    const seen = await runSafely(kinde);
    expect(seen).toMatchObject({ outcome, code, claims: { ...UNKNOWN_CLAIMS, ...claims } });
    expect(supabase.requests).toHaveLength(1);
  });

  test.each(unknowns())(
    "leads to the same claims if hosted Kinde behaves as %j",
    async (setting) => {
      supabase.answer(answer);
      const seen = await runSafely(kinde, { user: USER, unknowns: setting });
      expect(seen.claims).toEqual({ ...UNKNOWN_CLAIMS, ...claims });
      if (answer.status === 200) {
        expect(seen).toMatchObject({ outcome, code });
      }
    },
  );
});

/** Every combination of the unknowns about hosted Kinde that affect an answer. */
function unknowns(): NonNullable<KindeOptions["unknowns"]>[] {
  return (["deliver", "throw"] as const).flatMap((nonOkResponse) =>
    (["throw", "null"] as const).map((invalidJson) => ({ nonOkResponse, invalidJson })),
  );
}

test("10 MB of text that is not JSON are not a valid answer", async () => {
  supabase.answer({ status: 200, text: "x".repeat(10_000_000) });
  const { code, claims } = await runSafely(kinde);
  expect(code).toBe("MALFORMED_RESPONSE");
  expect(claims).toEqual(UNKNOWN_CLAIMS);
});

test("a JSON row of 10 MB is not a valid answer", async () => {
  const row = { kinde_id: "$USER", lifetime_subscriber: true, profile_complete: true };
  supabase.answer({ status: 200, json: [{ ...row, padding: "x".repeat(10_000_000) }] });
  const { code, claims } = await runSafely(kinde);
  expect(code).toBe("MALFORMED_RESPONSE");
  expect(claims).toEqual(UNKNOWN_CLAIMS);
});
