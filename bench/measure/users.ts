import { createHash } from "node:crypto";

/** The id of the n-th generated user: the same as `tables.ts` makes in SQL. */
export function userId(n: number): string {
  return `kp_${createHash("md5").update(String(n)).digest("hex")}`;
}

/** Ids of subscribed users (the even ones), spread over the whole table, never the same twice in a row. */
export function subscribedUsers(rows: number): () => string {
  // A prime step visits every user once before it repeats, in no order that an index would like.
  const half = Math.floor(rows / 2);
  let position = 0;
  return () => {
    position = (position + 7_919_999) % half;
    return userId(2 * position + 2);
  };
}
