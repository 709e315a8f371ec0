import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SUPABASE_CHECKS } from "../../../local/hosted/doctor/checks/supabase/index.ts";

const DOCS = readFileSync(new URL("../../../docs/doctor-supabase.md", import.meta.url), "utf8");
const TESTS = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".packages.ts"))
  .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
  .join("\n");

test("every code stands once", () => {
  const codes = SUPABASE_CHECKS.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
});

test("docs/doctor-supabase.md has the checks in the order of the report", () => {
  const rows = SUPABASE_CHECKS.map(({ code, title, why }) => `| \`${code}\` | ${title} | ${why} |`);
  expect(DOCS).toContain(rows.join("\n"));
});

describe("a test shows that the check can fail", () => {
  test.each(SUPABASE_CHECKS.map(({ code }) => code))("%s", (code) => {
    expect(TESTS).toMatch(new RegExp(`(expectFailure\\(|code: )"${code}"`));
  });
});
