import type { Check } from "../../check.ts";
import { compareByText, type Differences, tableOf } from "../../schema/compareFacts.ts";
import { type Facts, MIGRATED } from "../../schema/facts.ts";
import { schemaCheck } from "./schemaCheck.ts";

const KEY = "UNIQUE (kinde_id)";
const AGAIN =
  "Copy the statement that makes it from supabase/migrations into the SQL editor and run it there";

const tablesCheck = schemaCheck({
  code: "SUPABASE_TABLES",
  title: "Tables",
  why: "Without the tables, lookups and webhooks fail.",
  kind: "table",
  compare: (migrated, found) => ({
    missing: Object.keys(migrated).filter((table) => found[table] === undefined),
    different: [],
    added: [],
  }),
  cure: ({ missing }) =>
    missing.every((table) => table.startsWith("pgmq."))
      ? "In the SQL editor: select private.set_up_claim_changes(); if it says that there is no queue, switch on Integrations > Queues first."
      : "A table was dropped after its migration: restore a backup, or run npx supabase migration repair --status reverted for its migration and then npm run setup with --apply.",
});

const columnsCheck = schemaCheck({
  code: "SUPABASE_COLUMNS",
  title: "Columns",
  why: "If the column of a claim is missing or has another type, lookups fail, so all claims of every user are false.",
  kind: "column",
  cure: ({ missing, different }) =>
    `Write a migration (npx supabase migration new repair_columns) that makes ${names([...missing, ...different])} as in supabase/migrations.`,
});

const uniqueKeyCheck = schemaCheck({
  code: "SUPABASE_UNIQUE_KEY",
  title: "Unique key on kinde_id",
  why: "Two rows of one user make the claims of this user false, and each lookup reads the whole table.",
  kind: "constraint",
  concerns: (object, fact) => tableOf(object) === "public.profiles" && fact.startsWith(KEY),
  compare: compareByText,
  cure: () =>
    "Remove the duplicates (SUPABASE_DUPLICATES), then in the SQL editor: alter table public.profiles add constraint profiles_kinde_id_key unique (kinde_id);",
});

const constraintsCheck = schemaCheck({
  code: "SUPABASE_CONSTRAINTS",
  title: "Other constraints",
  why: "Without them, rows with an impossible user id, or texts of any length, can be stored.",
  kind: "constraint",
  concerns: (_, fact) => !fact.startsWith(KEY),
  compare: compareByText,
  cure: ({ missing }) => `In the SQL editor: ${missing.map(addConstraint).join(" ")}`,
});

const indexesCheck = schemaCheck({
  code: "SUPABASE_INDEXES",
  title: "Indexes",
  why: "Each webhook reads a whole table when it looks for old entries.",
  kind: "index",
  compare: compareByText,
  cure: ({ missing }) =>
    `In the SQL editor: ${missing.map((object) => `${MIGRATED.index[object]};`).join(" ")}`,
});

const triggersCheck = schemaCheck({
  code: "SUPABASE_TRIGGERS",
  title: "Triggers",
  why: "Changes of claims are not queued, so tokens keep the old claims for up to a day.",
  kind: "trigger",
  cure: ({ missing, different }, found) => {
    const off = different.filter((object) => found[object]?.endsWith(" (disabled)"));
    return off.length > 0
      ? `In the SQL editor: ${off.map((object) => `alter table ${tableOf(object)} enable trigger ${nameOf(object)};`).join(" ")}`
      : `In the SQL editor: select private.set_up_claim_changes(); for another trigger than those named profiles_queue_…, copy it from supabase/migrations (${names([...missing, ...different])}).`;
  },
});

const sqlFunctionsCheck = schemaCheck({
  code: "SUPABASE_SQL_FUNCTIONS",
  title: "Functions of the database",
  why: "Webhooks, the queue and the policies rely on these functions.",
  kind: "function",
  cure: (differences) =>
    onlyFollows(differences)
      ? "In the SQL editor: select private.follow_claim_columns(); if your own migration changed the claims, also run npm run types:database here."
      : `${AGAIN}: ${names([...differences.missing, ...differences.different])}.`,
});

/**
 * Whether nothing but private.queue_updated_claims() differs. private.follow_claim_columns() writes
 * that function again, for the columns that make claims.
 */
function onlyFollows({ missing, different }: Differences): boolean {
  return [...missing, ...different].every((name) => name === "private.queue_updated_claims()");
}

function addConstraint(object: string): string {
  return `alter table ${tableOf(object)} add constraint ${nameOf(object)} ${MIGRATED.constraint[object as keyof Facts]};`;
}

function nameOf(object: string): string {
  return object.slice(tableOf(object).length + 2);
}

function names(objects: readonly string[]): string {
  return objects.join(", ");
}

/** What the migrations make, apart from who may use it. */
export const SCHEMA_CHECKS: readonly Check[] = [
  tablesCheck,
  columnsCheck,
  uniqueKeyCheck,
  constraintsCheck,
  indexesCheck,
  triggersCheck,
  sqlFunctionsCheck,
];
