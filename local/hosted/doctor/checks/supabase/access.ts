import type { Check } from "../../check.ts";
import { tableOf } from "../../schema/compareFacts.ts";
import { grantsToMend } from "../../schema/grantsToMend.ts";
import { schemaCheck } from "./schemaCheck.ts";

const OWN =
  "If a migration of your own made it, run npm run types:database here, which reads the migrations again.";

const rlsCheck = schemaCheck({
  code: "SUPABASE_RLS",
  title: "Row-level security",
  why: "Without it, every signed-in user reads and changes the rows of all users.",
  kind: "table",
  cure: ({ different, missing }) =>
    `In the SQL editor: ${[...different, ...missing].map((table) => `alter table ${table} enable row level security, no force row level security;`).join(" ")}`,
});

const policiesCheck = schemaCheck({
  code: "SUPABASE_POLICIES",
  title: "Policies",
  why: "A missing policy hides rows from those who need them, and one too many shows rows to others.",
  kind: "policy",
  isClosed: true,
  cure: ({ added, missing, different }) => {
    const drop = [...added, ...different].map(
      (object) =>
        `drop policy "${object.slice(tableOf(object).length + 2)}" on ${tableOf(object)};`,
    );
    const steps = [
      drop.length > 0 ? `in the SQL editor: ${drop.join(" ")}` : [],
      missing.length + different.length > 0
        ? "create the policies named above again, as supabase/migrations do"
        : [],
    ].flat();
    return `${capitalize(steps.join(" Then "))}${added.length > 0 ? ` ${OWN}` : ""}`;
  },
});

const grantsCheck = schemaCheck({
  code: "SUPABASE_GRANTS",
  title: "Grants",
  why: "With one right too many, everyone who has a key or a token can see or change data; with one too few, requests fail.",
  kind: "grant",
  isClosed: true,
  cure: (differences, found) =>
    `In the SQL editor: ${grantsToMend(differences, found).join(" ")} ${differences.added.length > 0 ? OWN : ""}`.trim(),
});

const roleCheck = schemaCheck({
  code: "SUPABASE_WORKFLOW_ROLE",
  title: "Role kinde_workflow",
  why: "The workflow's key works as this role, which must exist and have only the attributes and memberships that the migrations give it.",
  kind: "role",
  isClosed: true,
  cure: () =>
    'Run supabase/migrations/20261120090200_create_kinde_workflow_role.sql once more in the SQL editor up to "alter role", and take other attributes and memberships away (alter role kinde_workflow nologin noinherit; revoke … from kinde_workflow).',
});

function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Who may use what the migrations make. */
export const ACCESS_CHECKS: readonly Check[] = [rlsCheck, policiesCheck, grantsCheck, roleCheck];
