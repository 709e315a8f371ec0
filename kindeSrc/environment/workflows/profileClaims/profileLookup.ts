import { type ClaimTable, valuesFromRow } from "./claimTable.ts";
import { failed, type Lookup } from "./lookup.ts";
import { fetchBody } from "./natives.ts";
import { readAnswer } from "./supabaseAnswer.ts";
import type { Credentials } from "./supabaseCredentials.ts";
import { unreachable } from "./unreachable.ts";

/** Supabase refuses a secret key if the User-Agent is that of a browser, so we send our own. */
const USER_AGENT = "kinde-profile-claims";

/**
 * Asks Supabase for the profile row of a user. It does not retry, because a user is waiting to sign
 * in.
 *
 * @param userId an id that `isUsableUserId` accepts
 */
export async function lookUpProfile<Table extends ClaimTable>(
  userId: string,
  table: Table,
  { url, keyHeaders }: Credentials,
): Promise<Lookup<Table>> {
  const headers = { ...keyHeaders, Accept: "application/json", "User-Agent": USER_AGENT };
  let body: unknown;
  try {
    body = await fetchBody(`${url}/rest/v1/profiles?${profileQuery(userId, table)}`, headers);
  } catch (error) {
    return unreachable(error);
  }
  return judge(body, userId, table);
}

/**
 * Returns the query for a user's row. The id is not quoted, because PostgREST reads quotes after
 * `eq.` as part of the value. The id is percent-encoded, because PostgREST finds another row for an
 * unencoded `+` or `;`. The limit is two rows, because a limit of one would hide a duplicate.
 */
function profileQuery(userId: string, table: ClaimTable): string {
  const columns = new Set(["kinde_id", ...Object.values(table).map((claim) => claim.column)]);
  return `kinde_id=eq.${encodeURIComponent(userId)}&select=${[...columns].join(",")}&limit=2`;
}

/**
 * Returns the result that the body means. Kinde hides the HTTP status, so the shape of the body
 * decides: rows are an array, an error is an object or a text.
 */
function judge<Table extends ClaimTable>(
  body: unknown,
  userId: string,
  table: Table,
): Lookup<Table> {
  const answer = readAnswer(body);
  if (answer.outcome === "failed") {
    return answer;
  }
  const [row, ...others] = answer.rows;
  if (row === undefined) {
    return { outcome: "missing" };
  }
  if (answer.rows.some((each) => each.kinde_id !== userId)) {
    return failed("MALFORMED_RESPONSE", "the answer has the row of another user");
  }
  if (others.length > 0) {
    return failed("DUPLICATE_PROFILE", "two rows with this kinde_id: make the column unique");
  }
  const claims = valuesFromRow(table, row);
  return claims === undefined
    ? failed("MALFORMED_RESPONSE", "a claim's column is missing, null, or not of its type")
    : { outcome: "found", claims };
}
