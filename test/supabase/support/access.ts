import { readFileSync } from "node:fs";
import type { LocalSupabase } from "../../../local/supabase/index.ts";

/** One line of fixtures/access.txt: an operation on a row, and the result for each role. */
export interface AccessCase {
  /** For example `update full_name other`. */
  name: string;
  operation: string;
  columns: string;
  row: Row;
  /** By role: the status, then the error code or the number of rows. */
  expected: Record<string, string>;
}

export type Row = "own" | "other" | "new" | "none" | "every" | "uuid" | "newuuid";

/**
 * The ids of the rows. `own` and `other` have a row, `new` is the user's own id without a row. The
 * last two are users of Supabase Auth, of which `uuid` has a row.
 */
export const IDS: Record<Row, string> = {
  own: "kp_0000000000000000000000000000000a",
  other: "kp_0000000000000000000000000000000b",
  new: "kp_0000000000000000000000000000000c",
  none: "kp_0000000000000000000000000000000d",
  every: "",
  uuid: "a3c1f0de-1b2c-4d3e-8f90-1234567890ab",
  newuuid: "a3c1f0de-1b2c-4d3e-8f90-1234567890ac",
};

export function readAccessCases(): AccessCase[] {
  const text = readFileSync(new URL("../fixtures/access.txt", import.meta.url), "utf8");
  const [header = "", ...lines] = text.split("\n").filter((line) => line && !line.startsWith("#"));
  const [, ...roles] = header.split("|").map((cell) => cell.trim());
  return lines.map((line) => {
    const [name = "", ...cells] = line.split("|").map((cell) => cell.trim().replace(/ +/g, " "));
    const [operation = "", columns = "", row = ""] = name.split(" ");
    const expected = Object.fromEntries(roles.map((role, index) => [role, cells[index] ?? ""]));
    return { name, operation, columns, row: row as Row, expected };
  });
}

/** Headers that give a request the role. A signed-in user has the id of `own` or of `new`. */
export async function headersOf(
  role: string,
  row: Row,
  supabase: LocalSupabase,
  kindeTokenOf: (userId: string) => string,
) {
  const token = async (sub?: string) => {
    const jwt = await supabase.mintJwt({ role: "authenticated", ...(sub && { sub }) });
    return { apikey: supabase.publishableKey, authorization: `Bearer ${jwt}` };
  };
  switch (role) {
    case "anon":
      return { apikey: supabase.publishableKey };
    case "authenticated":
      return token(row === "new" ? IDS.new : IDS.own);
    case "Kinde token":
      return {
        apikey: supabase.publishableKey,
        authorization: `Bearer ${kindeTokenOf(row === "new" ? IDS.new : IDS.own)}`,
      };
    case "no sub":
      return token();
    case "uuid sub":
      return token(row === "newuuid" ? IDS.newuuid : IDS.uuid);
    case "kinde_workflow":
      return { apikey: supabase.workflowKey };
    case "service_role":
      return { apikey: supabase.secretKey };
    default:
      throw new Error(`The matrix names an unknown role: ${role}`);
  }
}

const VALUES: Record<string, unknown> = {
  id: 4711,
  kinde_id: IDS.none,
  full_name: "Mallory",
  company: "Mallory & Sons",
  lifetime_subscriber: true,
  profile_complete: true,
  created_at: "2000-01-01T00:00:00Z",
  updated_at: "2000-01-01T00:00:00Z",
};

const ARGUMENTS: Record<string, object> = {
  "*_webhook_delivery": { event_id: "event_1", claimant: "a3c1f0de-1b2c-4d3e-8f90-1234567890ab" },
  "*_user_deleted": { user_id: IDS.own },
  "*_claim_changes": {},
  "*_for_claim_changes": {},
  "*_dead_claim_changes": {},
};

/** Tries the case through the Data API, and returns the status and the error code or row count. */
export async function tryAccess(
  { operation, columns, row }: AccessCase,
  headers: Record<string, string>,
  url: string,
): Promise<string> {
  const filter = row === "every" ? "" : `kinde_id=eq.${IDS[row]}`;
  const body = Object.fromEntries(columns.split(",").map((column) => [column, VALUES[column]]));
  const value = encodeURIComponent(String(VALUES[columns]));
  const table = "/rest/v1/profiles";
  // Counting needs no right to read a column, so only the right to write is tested.
  const count = "return=minimal,count=exact";
  const inserted = { ...body, kinde_id: IDS[row] };
  const requests: Record<string, { method: string; path: string; prefer?: string; body?: object }> =
    {
      select: {
        method: "GET",
        path: `${table}?${filter}&select=${columns}`,
        prefer: "count=exact",
      },
      filter: { method: "GET", path: `${table}?select=kinde_id&${columns}=neq.${value}` },
      order: { method: "GET", path: `${table}?select=kinde_id&order=${columns}` },
      insert: { method: "POST", path: table, prefer: count, body: inserted },
      return: { method: "POST", path: table, prefer: "return=representation", body: inserted },
      update: { method: "PATCH", path: `${table}?${filter}`, prefer: count, body },
      merge: {
        method: "POST",
        path: `${table}?on_conflict=kinde_id`,
        prefer: `resolution=merge-duplicates,${count}`,
        body: inserted,
      },
      ignore: {
        method: "POST",
        path: `${table}?on_conflict=kinde_id`,
        prefer: `resolution=ignore-duplicates,${count}`,
        body: inserted,
      },
      delete: { method: "DELETE", path: `${table}?${filter}`, prefer: count },
      call: {
        method: "POST",
        path: `/rest/v1/rpc/${columns}`,
        body: ARGUMENTS[columns.replace(/^[a-z]+/, "*")] ?? { value: "x" },
      },
      schema: { method: "GET", path: `/rest/v1/${columns}` },
    };
  const request = requests[operation];
  if (!request) throw new Error(`The matrix names an unknown operation: ${operation}`);
  const response = await fetch(url + request.path.replace("?&", "?"), {
    method: request.method,
    headers: {
      ...headers,
      "content-type": "application/json",
      ...(request.prefer && { prefer: request.prefer }),
      ...(operation === "schema" && { "accept-profile": "private" }),
    },
    ...(request.body && { body: JSON.stringify(request.body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  return `${response.status} ${outcome(response, text)}`;
}

function outcome(response: Response, text: string): string {
  const parsed: unknown = text ? JSON.parse(text) : undefined;
  if (parsed && typeof parsed === "object" && "code" in parsed) return String(parsed.code);
  const total = response.headers.get("content-range")?.split("/")[1];
  if (total && total !== "*") return total;
  return Array.isArray(parsed) ? String(parsed.length) : "-";
}
