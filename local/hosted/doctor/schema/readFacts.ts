import { supabaseOf, type World } from "../../world.ts";
import { tableOf } from "./compareFacts.ts";
import {
  FACTS_QUERY,
  type FactRow,
  type Facts,
  factRow,
  groupFacts,
  type Kind,
  MIGRATED,
} from "./facts.ts";

/** The tables and functions of the migrations. Others belong to the project and are ignored. */
const OURS = new Set(
  [...Object.keys(MIGRATED.table), ...Object.keys(MIGRATED.function)].map(tableOf),
);

/** Reads the facts of the project's database. */
export async function readFacts(world: World): Promise<Readonly<Record<Kind, Facts>>> {
  return selectFacts(await supabaseOf(world).query(factRow, FACTS_QUERY));
}

/** Groups the facts that concern what the migrations make. */
export function selectFacts(rows: readonly FactRow[]): Readonly<Record<Kind, Facts>> {
  const groups = groupFacts(
    rows.filter(({ kind, object }) => (kind === "grant" ? isRight(object) : isOurs(object))),
  );
  const kinds = Object.keys(MIGRATED) as Kind[];
  return Object.fromEntries(kinds.map((kind) => [kind, groups[kind] ?? {}])) as Record<Kind, Facts>;
}

function isOurs(object: string): boolean {
  return OURS.has(tableOf(object)) || object === "kinde_workflow";
}

/**
 * A right to one of our tables, columns or functions, or to a schema, or any right of the
 * workflow's role.
 */
function isRight(object: string): boolean {
  const place = tableOf(object);
  const isColumn = OURS.has(place.split(".").slice(0, 2).join("."));
  return (
    isOurs(object) || isColumn || place.startsWith("schema ") || object.endsWith(": kinde_workflow")
  );
}
