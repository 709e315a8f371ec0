import { Client } from "pg";

/**
 * Returns a client of the local database, not yet connected. It ignores PGOPTIONS and PGSSLMODE of
 * the environment, because they are for other databases. Connecting and each query have a time
 * limit.
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
