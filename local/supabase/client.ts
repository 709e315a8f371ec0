import { Client } from "pg";

/**
 * A client of the local database, not yet connected. Whatever PGOPTIONS and PGSSLMODE of the
 * environment say is for other databases, and no wait is without a limit.
 */
export function databaseClient(connectionString: string): Client {
  return new Client({
    connectionString,
    ssl: false,
    options: "-c application_name=local-supabase",
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
}
