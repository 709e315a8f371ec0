import { SUPABASE } from "../../../setup/step.ts";
import { readMigrations } from "../../../setup/steps/migrations.ts";
import { type Check, failed, failedUntilSetup, ok, unknown } from "../../check.ts";
import { remember } from "../../remember.ts";
import { compareFacts, type Differences, describeDifferences } from "../../schema/compareFacts.ts";
import { type Facts, type Kind, MIGRATED } from "../../schema/facts.ts";
import { readFacts } from "../../schema/readFacts.ts";

interface SchemaCheckParts extends Pick<Check, "code" | "title" | "why"> {
  readonly kind: Kind;
  /** Of the facts of this kind, those that the check is about. */
  readonly concerns?: (object: string, fact: string) => boolean;
  readonly compare?: (migrated: Facts, found: Facts) => Differences;
  /** Whether what the project added is a problem. */
  readonly isClosed?: boolean;
  /** What to do, in one sentence. */
  cure(differences: Differences, found: Facts): string;
}

/** Makes a check that compares one kind of facts with what the migrations make. */
export function schemaCheck(parts: SchemaCheckParts): Check {
  const { kind, concerns = () => true, compare = compareFacts, isClosed = false, cure } = parts;
  const only = (facts: Facts) =>
    Object.fromEntries(Object.entries(facts).filter(([object, fact]) => concerns(object, fact)));
  const { code, title, why } = parts;
  return {
    code,
    title,
    why,
    needs: SUPABASE,
    uses: ["supabase"],
    async examine(world) {
      const facts = await remember(world, readFacts);
      if (facts.table["public.profiles"] === undefined && code !== "SUPABASE_TABLES") {
        return unknown("there is no table public.profiles, see SUPABASE_TABLES");
      }
      const migrated = only(MIGRATED[kind]);
      const found = only(facts[kind]);
      const all = compare(migrated, found);
      const differences = isClosed ? all : { ...all, added: [] };
      const seen = describeDifferences(differences);
      if (seen === undefined) return ok(`${Object.keys(migrated).length} as in the migrations`);
      const { pending } = await remember(world, readMigrations);
      return pending.length > 0 ? failedUntilSetup(seen) : failed(seen, cure(differences, found));
    },
  };
}
