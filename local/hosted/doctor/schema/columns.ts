import { MIGRATED } from "./facts.ts";

const TABLE = "public.profiles";

/** The columns of public.profiles. */
export const COLUMNS: readonly string[] = Object.keys(MIGRATED.column).flatMap((object) =>
  object.startsWith(`${TABLE}: `) ? object.slice(TABLE.length + 2) : [],
);

/** Those that the workflow reads: kinde_id, and one for each claim. */
export const READABLE_COLUMNS: readonly string[] = COLUMNS.filter(
  (column) => MIGRATED.grant[`${TABLE}.${column}: kinde_workflow`] === "select",
);
