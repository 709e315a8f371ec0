import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMON_CHECKS } from "../../../local/hosted/doctor/checks/common/index.ts";
import { CHECKS } from "../../../local/hosted/doctor/checks/index.ts";
import { KINDE_CHECKS } from "../../../local/hosted/doctor/checks/kinde/index.ts";
import { SUPABASE_CHECKS } from "../../../local/hosted/doctor/checks/supabase/index.ts";

const DOCS = readFileSync(new URL("../../../docs/doctor.md", import.meta.url), "utf8");
const TESTS = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
  .join("\n");

/** These checks only say how to find out, because no API shows the state. */
const ALWAYS_UNKNOWN = ["KINDE_TOKEN_LIFETIME", "WORKFLOW_LIVE"];

test("every code is unique", () => {
  const codes = CHECKS.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
});

test.each([
  ["Supabase", SUPABASE_CHECKS],
  ["Kinde", KINDE_CHECKS],
  ["Both, and your code", COMMON_CHECKS],
])("docs/doctor.md has the checks of %s in the order of the report", (_, checks) => {
  const rows = checks.map(({ code, title, why }) => `| \`${code}\` | ${title} | ${why} |`);
  expect(DOCS).toContain(rows.join("\n"));
});

describe("a test shows that the check can fail", () => {
  const codes = CHECKS.map(({ code }) => code).filter((code) => !ALWAYS_UNKNOWN.includes(code));
  test.each(codes)("%s", (code) => {
    expect(TESTS).toMatch(new RegExp(`(expectFailure\\(|code: )"${code}"|test\\("${code}: `));
  });
});
