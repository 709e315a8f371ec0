import { readFileSync } from "node:fs";
import { z } from "zod";
import migrated from "./facts.json" with { type: "json" };

/** The kinds of facts. */
export type Kind = keyof typeof migrated;

/** The facts of one kind, by their subject, such as `public.profiles: kinde_id`. */
export type Facts = Readonly<Record<string, string>>;

/** The facts of a database that has this repository's migrations. */
export const MIGRATED: Readonly<Record<Kind, Facts>> = migrated;

/** Reads the facts of a database. */
export const FACTS_QUERY = readFileSync(new URL("facts.sql", import.meta.url), "utf8");

export const factRow = z.object({ kind: z.string(), object: z.string(), fact: z.string() });
export type FactRow = z.infer<typeof factRow>;

/** Groups the rows of `FACTS_QUERY` by their kind. */
export function groupFacts(rows: readonly FactRow[]): Record<string, Record<string, string>> {
  const groups: Record<string, Record<string, string>> = {};
  for (const { kind, object, fact } of rows) {
    groups[kind] ??= {};
    groups[kind][object] = fact;
  }
  return groups;
}
