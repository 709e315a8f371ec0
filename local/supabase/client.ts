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

/** Connects to the local database, does the work and closes the connection. */
export async function withDatabase<Result>(
  connectionString: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = databaseClient(connectionString);
  try {
    await client.connect();
    return await work(client);
  } finally {
    // A connection that broke has ended already.
    await client.end().catch(() => undefined);
  }
}
