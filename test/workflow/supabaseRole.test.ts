import { describe, expect, test } from "vitest";
import {
  type Answer,
  fakeSupabase,
  localKinde,
  profileRow,
  SECRET_KEY,
  SUPABASE_URL,
  USER,
} from "./support/harness.ts";

const supabase = fakeSupabase();
const kinde = localKinde();

/** Runs the workflow with SUPABASE_ROLE_CLAIM set to this value, or not set. */
async function runWithRole(value: string | undefined, answer: Answer = rowOfUser()) {
  supabase.answer(answer);
  const env = {
    SUPABASE_URL,
    SUPABASE_SECRET_KEY: { value: SECRET_KEY, isSecret: true },
    ...(value !== undefined && { SUPABASE_ROLE_CLAIM: value }),
  };
  const run = await kinde.run({ user: USER, env });
  expect(run.error).toBeNull();
  expect(run.logs).toHaveLength(1);
  return {
    claims: run.claims.accessToken,
    level: run.logs[0]?.level,
    line: String(run.logs[0]?.arguments[0]),
  };
}

const rowOfUser = () => ({
  status: 200,
  json: [profileRow({ lifetime_subscriber: true, profile_complete: true })],
});

const OTHER_CLAIMS = { lifetime_subscriber: true, profile_complete: true };

test("without the variable no role is written, and the log does not mention it", async () => {
  const { claims, level, line } = await runWithRole(undefined);
  expect(claims).toEqual(OTHER_CLAIMS);
  expect(level).toBe("info");
  expect(line).not.toContain("ROLE");
});

test("an empty variable counts as not set", async () => {
  const { claims, level } = await runWithRole("");
  expect(claims).toEqual(OTHER_CLAIMS);
  expect(level).toBe("info");
});

test("the value authenticated writes the role claim beside the others", async () => {
  const { claims, level, line } = await runWithRole("authenticated");
  expect(claims).toEqual({ ...OTHER_CLAIMS, role: "authenticated" });
  expect(level).toBe("info");
  expect(line).toMatch(/^profile_claims outcome=found lifetime_subscriber=true /);
});

describe("any other value writes no role, keeps the other claims, and is logged", () => {
  test.for([
    "service_role",
    "postgres",
    "kinde_workflow",
    "anon",
    "supabase_admin",
    "Authenticated",
    "AUTHENTICATED",
    " authenticated",
    "authenticated ",
    "authenticated\n",
    " ",
    "true",
    "authenticated,service_role",
    '{"role":"authenticated"}',
    "аuthenticated", // The first letter is Cyrillic.
  ])("%j", async (value) => {
    const { claims, level, line } = await runWithRole(value);
    expect(claims).toEqual(OTHER_CLAIMS);
    expect(level).toBe("error");
    expect(line).toContain("outcome=found code=NOT_CONFIGURED lifetime_subscriber=true");
    expect(line).toMatch(
      / hint="SUPABASE_ROLE_CLAIM must be exactly authenticated, or not set: no role claim was written"$/,
    );
  });
});

test("a failed lookup keeps its own code, and the hint names both problems", async () => {
  const { claims, line } = await runWithRole("service_role", {
    status: 401,
    json: { message: "Invalid API key" },
  });
  expect(claims).toEqual({ lifetime_subscriber: false, profile_complete: false });
  expect(line).toContain("code=UNAUTHORIZED");
  expect(line).toMatch(/hint=".+; SUPABASE_ROLE_CLAIM must be exactly authenticated/);
});

test("the role does not depend on the lookup and is written without a row", async () => {
  const { claims } = await runWithRole("authenticated", { status: 200, json: [] });
  expect(claims).toEqual({
    lifetime_subscriber: false,
    profile_complete: false,
    role: "authenticated",
  });
});

test("a row cannot choose the role", async () => {
  const { claims } = await runWithRole("authenticated", {
    status: 200,
    json: [{ ...profileRow(OTHER_CLAIMS), role: "service_role" }],
  });
  expect(claims.role).toBe("authenticated");
});
