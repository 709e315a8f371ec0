import { type Differences, tableOf } from "./compareFacts.ts";
import { type Facts, MIGRATED } from "./facts.ts";

/** The statements that make the rights the same as after the migrations. */
export function grantsToMend({ missing, different, added }: Differences, found: Facts): string[] {
  const { grant: migrated } = MIGRATED;
  return [
    ...[...added, ...different].flatMap((object) => {
      const rights = without(found[object], migrated[object]);
      return [...statement("revoke", object, rights), ...grantColumnsAgain(object, rights)];
    }),
    ...[...missing, ...different].flatMap((object) =>
      statement("grant", object, without(migrated[object], found[object])),
    ),
  ];
}

function without(rights = "", others = ""): string[] {
  const known = others.split(", ");
  return rights.split(", ").filter((right) => right !== "" && !known.includes(right));
}

/** Revoking a right to a table also revokes the right to each of its columns. */
function grantColumnsAgain(object: string, revoked: readonly string[]): string[] {
  const [table = "", role = ""] = object.split(": ");
  return Object.entries(MIGRATED.grant).flatMap(([column, rights]) => {
    const isOfTable = column.startsWith(`${table}.`) && column.endsWith(`: ${role}`);
    return isOfTable
      ? statement(
          "grant",
          column,
          rights.split(", ").filter((right) => revoked.includes(right)),
        )
      : [];
  });
}

function statement(verb: "grant" | "revoke", object: string, rights: readonly string[]): string[] {
  if (rights.length === 0) return [];
  const place = tableOf(object);
  const role = object.slice(place.length + 2);
  const [schema, table, column] = place.split(".");
  const toWhom = `${verb === "grant" ? "to" : "from"} ${role};`;
  if (place.startsWith("schema ")) return [`${verb} ${rights.join(", ")} on ${place} ${toWhom}`];
  if (place.includes("(")) return [`${verb} ${rights.join(", ")} on function ${place} ${toWhom}`];
  const what = column === undefined ? rights : rights.map((right) => `${right} (${column})`);
  return [`${verb} ${what.join(", ")} on ${schema}.${table} ${toWhom}`];
}
