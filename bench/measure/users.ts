import { createHash } from "node:crypto";

/** The id of the n-th generated user, the same as the SQL in `tables.ts` makes. */
export function userId(n: number): string {
  return `kp_${createHash("md5").update(String(n)).digest("hex")}`;
}

/** Ids of subscribers (the even users), spread over the whole table, never the same twice in a row. */
export function subscribedUsers(rows: number): () => string {
  // The step has no factor in common with half of the default numbers of rows, so it visits every
  // subscriber once before it repeats. Its order does not favour an index.
  const half = Math.floor(rows / 2);
  let position = 0;
  return () => {
    position = (position + 7_919_999) % half;
    return userId(2 * position + 2);
  };
}
