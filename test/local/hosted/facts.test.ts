import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareByText, compareFacts } from "../../../local/hosted/doctor/schema/compareFacts.ts";
import {
  FACTS_QUERY,
  type FactRow,
  type Kind,
  MIGRATED,
} from "../../../local/hosted/doctor/schema/facts.ts";
import { selectFacts } from "../../../local/hosted/doctor/schema/readFacts.ts";
import { factsOf } from "../../../local/hosted/doctor/schema/updateFacts.ts";
import { startSupabase, withDatabase } from "../../../local/supabase/index.ts";
import { HANDLED } from "../../supabase/support/upgradeShapes.ts";

/** The doctor compares a hosted project with facts.json, so it needs no local database. */
test.each(["explicit", "legacy"] as const)(
  "facts.json describes what the migrations create, with the default privileges %s",
  async (defaultPrivileges) => {
    const supabase = await startSupabase({ seed: false, defaultPrivileges });
    const facts = await factsOf(supabase).finally(() => supabase.stop());
    expect(facts, "Run npm run types:database, which also writes facts.json.").toEqual(MIGRATED);
  },
);

test("a comparison lists the facts that are missing, different or added", () => {
  const migrated = { a: "1", b: "2", c: "3" };
  expect(compareFacts(migrated, { a: "1", b: "0", d: "4" })).toEqual({
    missing: ["c"],
    different: ["b"],
    added: ["d"],
  });
});

test("the types of columns that nothing depends on may differ", () => {
  const id = "public.profiles: id";
  expect(compareFacts({ [id]: "bigint" }, { [id]: "uuid" }).different).toEqual([]);
  expect(compareFacts({ [id]: "bigint" }, {}).missing).toEqual([id]);
});

const SUPABASE = fileURLToPath(new URL("../../../supabase", import.meta.url));
const UPGRADE = ["upgrade", "migrations"].flatMap((folder) =>
  readdirSync(`${SUPABASE}/${folder}`)
    .sort()
    .map((file) => `begin; ${readFileSync(`${SUPABASE}/${folder}/${file}`, "utf8")}; commit`),
);
const UPGRADED = [
  "an id without a sequence",
  "an earlier name, so that sequence and key have other names",
  "a unique constraint on kinde_id with another name",
  "row-level security, forced, and open policies",
  "a schema private that is open to all roles, and default grants of all rights",
];

test.each(HANDLED.filter(({ name }) => UPGRADED.includes(name)))(
  "a table of Kinde's tutorial has the same facts after its upgrade: $name",
  async ({ setup }) => {
    const supabase = await startSupabase({ migrate: false });
    const rows = await withDatabase(supabase.databaseUrl, async (client) => {
      for (const text of [setup, ...UPGRADE]) await client.query(text);
      return (await client.query<FactRow>(FACTS_QUERY)).rows;
    }).finally(() => supabase.stop());
    const found = selectFacts(rows);
    for (const kind of Object.keys(MIGRATED) as Kind[]) {
      const compare = ["constraint", "index"].includes(kind) ? compareByText : compareFacts;
      const { missing, different, added } = compare(MIGRATED[kind], found[kind]);
      expect([kind, missing, different]).toEqual([kind, [], []]);
      if (["policy", "grant", "role"].includes(kind)) expect(added).toEqual([]);
    }
  },
);
