import { join } from "node:path";
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
const merged = localKinde(join(import.meta.dirname, "fixtures/merged"));
const unbound = localKinde(join(import.meta.dirname, "fixtures/unbound"));
const row = profileRow({ profile_complete: true });

test("addProfileClaims works inside another token workflow, and returns the claims", async () => {
  supabase.answer({ status: 200, json: [row] });
  const { run } = await runSafely(merged);
  expect(run.claims.accessToken).toEqual({
    ...UNKNOWN_CLAIMS,
    theme: "dark",
    profile_complete: true,
    greeting: "welcome back",
  });
});

test.each(["env", "fetch"])("without the binding kinde.%s the log names it", async (name) => {
  const { code, line } = await runSafely(unbound, { workflow: `no-${name}`, user: USER });
  expect(code).toBe("NOT_CONFIGURED");
  expect(line).toContain(`add kinde.${name} to the bindings`);
});

test("without the binding kinde.accessToken no claim can be written, and the log says so", async () => {
  const run = await unbound.run({ workflow: "no-accessToken", user: USER });
  expect(run.error).toBeNull();
  expect(run.claims.accessToken).toEqual({});
  expect(run.logs).toHaveLength(1);
  expect(run.logs[0]?.arguments[0]).toContain("add kinde.accessToken to the bindings");
});

test("without the binding console, the claims are still correct", async () => {
  supabase.answer({ status: 200, json: [row] });
  const run = await unbound.run({ workflow: "no-console", user: USER });
  expect(run.error).toBeNull();
  expect(run.claims.accessToken).toEqual({ ...UNKNOWN_CLAIMS, profile_complete: true });
});
