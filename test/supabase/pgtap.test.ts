import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadPgtap, runPgtap } from "./support/pgtap.ts";
import { useStack } from "./support/stack.ts";

const TESTS = fileURLToPath(new URL("../../supabase/tests/", import.meta.url));
const MIGRATIONS = fileURLToPath(new URL("../../supabase/migrations/", import.meta.url));
const files = readdirSync(TESTS).filter((name) => name.endsWith(".sql"));

describe.each(["explicit", "legacy"] as const)(
  "in a project whose default grants are %s",
  (regime) => {
    const stack = useStack({ defaultPrivileges: regime });
    beforeAll(() => loadPgtap(stack.superuser));

    test.each(files)("supabase/tests/%s passes", async (file) => {
      const results = await runPgtap(stack.owner, readFileSync(TESTS + file, "utf8"));
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
    });

    test("a failing pgTAP file fails the test", async () => {
      const sql =
        "begin; select plan(2); select ok(false, 'wrong'); select * from finish(); rollback;";
      const results = await runPgtap(stack.owner, sql);
      expect(results.map(({ ok }) => ok)).toEqual([false, false]);
    });
  },
);

describe("in a project whose defaults give every role all rights", () => {
  const stack = useStack({ migrate: false, defaultPrivileges: "legacy" });
  beforeAll(async () => {
    await loadPgtap(stack.superuser);
    await stack.owner.query("create role kinde_workflow nologin noinherit");
    for (const what of ["tables", "sequences", "functions", "schemas"]) {
      await stack.owner.query(
        `alter default privileges grant all on ${what} to anon, authenticated, service_role, kinde_workflow`,
      );
    }
    for (const file of readdirSync(MIGRATIONS).sort()) {
      await stack.owner.query(readFileSync(MIGRATIONS + file, "utf8"));
    }
  });

  test.each(files)("supabase/tests/%s passes", async (file) => {
    const results = await runPgtap(stack.owner, readFileSync(TESTS + file, "utf8"));
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });
});
