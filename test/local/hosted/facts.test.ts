import { expect, test } from "vitest";
import { compareFacts } from "../../../local/hosted/doctor/schema/compareFacts.ts";
import { MIGRATED } from "../../../local/hosted/doctor/schema/facts.ts";
import { factsOf } from "../../../local/hosted/doctor/schema/updateFacts.ts";
import { startSupabase } from "../../../local/supabase/index.ts";

/** The doctor compares a hosted project with this file, which needs no database. */
test.each(["explicit", "legacy"] as const)(
  "facts.json says what the migrations make, with the default privileges %s",
  async (defaultPrivileges) => {
    const supabase = await startSupabase({ seed: false, defaultPrivileges });
    const facts = await factsOf(supabase).finally(() => supabase.stop());
    expect(facts, "Run npm run types:database, which also writes facts.json.").toEqual(MIGRATED);
  },
);

test("a fact is missing, different or added", () => {
  const migrated = { a: "1", b: "2", c: "3" };
  expect(compareFacts(migrated, { a: "1", b: "0", d: "4" })).toEqual({
    missing: ["c"],
    different: ["b"],
    added: ["d"],
  });
});

test("the types of columns on which nothing depends may be others", () => {
  const id = "public.profiles: id";
  expect(compareFacts({ [id]: "bigint" }, { [id]: "uuid" }).different).toEqual([]);
  expect(compareFacts({ [id]: "bigint" }, {}).missing).toEqual([id]);
});
