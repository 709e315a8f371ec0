import type { Facts } from "./facts.ts";

/** How the facts of a project differ from those of the migrations. */
export interface Differences {
  readonly missing: readonly string[];
  readonly different: readonly string[];
  /** Facts that no migration of this repository made. */
  readonly added: readonly string[];
}

/** Columns that an upgraded table of Kinde's tutorial keeps: nothing depends on their types. */
const FREE = new Set(["public.profiles: id", "public.profiles: created_at"]);

/** Compares the facts of one kind. */
export function compareFacts(migrated: Facts, found: Facts): Differences {
  const objects = Object.keys(migrated);
  return {
    missing: objects.filter((object) => found[object] === undefined),
    different: objects.filter(
      (object) =>
        found[object] !== undefined && found[object] !== migrated[object] && !FREE.has(object),
    ),
    added: Object.keys(found).filter((object) => migrated[object] === undefined),
  };
}

/**
 * Compares facts whose names may differ, such as constraints: by the table and the text. Brackets
 * in the text are ignored, since PostgreSQL writes other brackets after a constraint was made
 * again.
 */
export function compareByText(migrated: Facts, found: Facts): Differences {
  const toText = ([object, fact]: [string, string]) =>
    `${tableOf(object)} ${fact.replace(/[()]/g, "")}`;
  const there = new Set(Object.entries(found).map(toText));
  const missing = Object.entries(migrated).flatMap((entry) =>
    there.has(toText(entry)) ? [] : entry[0],
  );
  return { missing, different: [], added: [] };
}

/** `public.profiles` of `public.profiles: kinde_id`. */
export function tableOf(object: string): string {
  return object.split(": ")[0] ?? object;
}

const MOST = 4;

/** The differences in a few words. Undefined if both are equal. */
export function describeDifferences({
  missing,
  different,
  added,
}: Differences): string | undefined {
  const parts = [list("missing", missing), list("different", different), list("added", added)];
  return parts.flat().join("; ") || undefined;
}

function list(what: string, objects: readonly string[]): string[] {
  if (objects.length === 0) return [];
  const more = objects.length > MOST ? ` and ${objects.length - MOST} more` : "";
  return [`${what}: ${objects.slice(0, MOST).join(", ")}${more}`];
}
