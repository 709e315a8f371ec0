import type { World } from "../../world.ts";
import { callProject, describeAnswer, type ProjectAnswer } from "../callProject.ts";
import { COLUMNS, READABLE_COLUMNS } from "../schema/columns.ts";
import type { KeyHeaders } from "./keys.ts";

/** Something that a key must not be able to do, and a request that finds out without doing harm. */
export interface Attempt {
  /** Continues "it may …". */
  readonly what: string;
  readonly path: string;
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** The schema of the table, unless it is `public`. */
  readonly schema?: string;
}

const PROFILES = "/rest/v1/profiles";
/** No row has this id, since a constraint forbids blanks. PostgreSQL checks rights before rows. */
const NO_ROW = `${PROFILES}?kinde_id=eq.${encodeURIComponent("doctor: this user does not exist")}`;

const readColumn = (column: string): Attempt => ({
  what: `read ${column}`,
  path: `${PROFILES}?select=${column}&limit=0`,
});

const changes: readonly Attempt[] = [
  ...["lifetime_subscriber", "full_name", "kinde_id"].map(
    (column): Attempt => ({
      what: `change ${column}`,
      path: NO_ROW,
      method: "PATCH",
      body: { [column]: null },
    }),
  ),
  // An empty list inserts nothing.
  { what: "create rows", path: `${PROFILES}?columns=kinde_id`, method: "POST", body: [] },
  { what: "delete rows", path: NO_ROW, method: "DELETE" },
  // Both functions only read.
  call("pending_claim_changes", {}),
  call("is_user_deleted", { user_id: "doctor: this user does not exist" }),
];

function call(name: string, body: object): Attempt {
  return { what: `call ${name}`, path: `/rest/v1/rpc/${name}`, method: "POST", body };
}

/** What the workflow's key must not be able to do. */
export const FORBIDDEN_FOR_WORKFLOW: readonly Attempt[] = [
  ...COLUMNS.filter((column) => !READABLE_COLUMNS.includes(column)).map(readColumn),
  ...changes,
];

/** What a visitor who has not signed in must not be able to do. Reading has a check of its own. */
export const FORBIDDEN_FOR_ANON: readonly Attempt[] = changes;

/** Asks for zero rows of a table, which still needs the right to read it. */
export function readTable(schema: string, table: string): Attempt {
  return {
    what: `read ${schema}.${table}`,
    path: `/rest/v1/${encodeURIComponent(table)}?limit=0`,
    schema,
  };
}

/** The results of the attempts. */
export interface Outcome {
  /** What is allowed and must not be. */
  readonly allowed: readonly string[];
  /** Attempts that were neither allowed nor refused, and their answers. */
  readonly unclear: readonly string[];
}

/** Sends the requests that must be refused, one after the other. */
export async function tryAll(
  world: World,
  headers: KeyHeaders,
  attempts: readonly Attempt[],
): Promise<Outcome> {
  const allowed: string[] = [];
  const unclear: string[] = [];
  for (const { what, path, method = "GET", body, schema } of attempts) {
    const answer = await callProject(world, path, {
      method,
      headers: {
        ...headers,
        "content-type": "application/json",
        ...(schema !== undefined && { "accept-profile": schema }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (isAllowed(answer)) allowed.push(what);
    else if (!isRefused(answer)) unclear.push(`${what}: ${describeAnswer(answer)}`);
  }
  return { allowed, unclear };
}

/** A violated constraint (class 23) means that the right was there. */
function isAllowed({ status, code }: ProjectAnswer): boolean {
  return status < 300 || (code?.startsWith("23") ?? false);
}

/**
 * Whether PostgreSQL refused the request, or its target does not exist. A 401 does not count: it
 * comes from the gateway, which does not check the rights of the role.
 */
function isRefused({ status, code }: ProjectAnswer): boolean {
  return code === "42501" || status === 404;
}
