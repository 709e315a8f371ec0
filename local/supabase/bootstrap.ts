import { readFileSync } from "node:fs";
import { escapeLiteral } from "pg";
import { withDatabase } from "./client.ts";
import { LocalStackError } from "./errors.ts";
import type { Passwords } from "./passwords.ts";
import { readPgmqSql } from "./pgmq.ts";
import { readStandInSql } from "./standIns/readStandInSql.ts";

/**
 * What the three API roles are granted on a new table, sequence or function in `public`. Supabase
 * granted everything until 30 October 2026 ("legacy") and grants nothing since then, not even to
 * service_role ("explicit"). A migration has to be right under both.
 */
export type DefaultPrivileges = "explicit" | "legacy";

const API_ROLES = "anon, authenticated, service_role";

/** What a project has before its first migration. */
export interface ProjectTraits {
  defaultPrivileges: DefaultPrivileges;
  /** Supabase Queues: the SQL of pgmq, run as plain SQL and not by `create extension`. */
  pgmq: boolean;
  /** Stand-ins for pg_net, pg_cron and Vault. */
  standIns: boolean;
}

/** Makes a fresh PostgreSQL into what a Supabase project is before its first migration. */
export async function bootstrap(
  superuserUrl: string,
  passwords: Passwords,
  { defaultPrivileges, pgmq, standIns }: ProjectTraits,
): Promise<void> {
  const statements = [
    ...(["postgres", "authenticator"] as const).map(
      (role) => `alter role ${role} password ${escapeLiteral(passwords[role])}`,
    ),
    ...["tables", "sequences", "functions"].map((kind) => defaultGrant(kind, defaultPrivileges)),
  ];
  try {
    await withDatabase(superuserUrl, async (client) => {
      await client.query(readFileSync(new URL("bootstrap.sql", import.meta.url), "utf8"));
      if (pgmq) await client.query(`set role postgres; ${readPgmqSql()}; reset role`);
      if (standIns) await client.query(readStandInSql());
      await client.query(statements.join(";\n"));
    });
  } catch (error) {
    throw new LocalStackError("PostgreSQL", `it could not be prepared (${String(error)}).`, {
      cause: error,
    });
  }
}

function defaultGrant(kind: string, regime: DefaultPrivileges): string {
  const inPublic = "alter default privileges for role postgres in schema public";
  return regime === "legacy"
    ? `${inPublic} grant all on ${kind} to postgres, ${API_ROLES}`
    : `${inPublic} revoke all on ${kind} from ${API_ROLES}`;
}
