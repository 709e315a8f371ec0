import connectPgSimple from "connect-pg-simple";
import session from "express-session";
import type { Pool } from "pg";
import { IDLE_MS, type SessionStorage } from "../../web/sessionStorage.ts";

/**
 * Sessions in PostgreSQL, as the README shows. Their table is in its own schema, which PostgREST
 * does not serve.
 */
export async function postgresSessions(pool: Pool): Promise<SessionStorage> {
  await pool.query("create schema if not exists app_sessions");
  const PgStore = connectPgSimple(session);
  const store = new PgStore({
    pool,
    schemaName: "app_sessions",
    createTableIfMissing: true,
    ttl: IDLE_MS / 1000,
    pruneSessionInterval: false,
  });
  return {
    store,
    async endAllOf(userId) {
      await pool.query("delete from app_sessions.session where sess ->> 'userId' = $1", [userId]);
    },
  };
}
