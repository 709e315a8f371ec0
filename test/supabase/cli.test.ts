import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DATABASE_TYPES, databaseTypes } from "../../local/supabase/databaseTypes.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();

const ADVISORS = ["db", "advisors", "--level", "info", "--fail-on", "warn"];

test("the committed types match the migrations", async () => {
  expect(await databaseTypes(stack.supabase)).toBe(readFileSync(DATABASE_TYPES, "utf8"));
});

describe("the Supabase advisors", () => {
  test("find nothing", async () => {
    const { code, stdout, stderr } = await stack.supabase.cli(ADVISORS);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain("No issues found");
  });

  test("would find a table without row-level security", async () => {
    await stack.owner.query(
      "create table public.careless (id int primary key); grant select on public.careless to anon",
    );
    const { code, stdout } = await stack.supabase.cli(ADVISORS);
    await stack.owner.query("drop table public.careless");
    expect(code).not.toBe(0);
    expect(stdout).toContain("careless");
  });
});
