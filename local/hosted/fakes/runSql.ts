import type { QueryResult } from "pg";
import { databaseClient } from "../../supabase/index.ts";

/** Runs SQL as the Management API does, each request on a connection of its own. */
export async function runSql(
  databaseUrl: string,
  request: { readonly query: string; readonly parameters: unknown[]; readonly isReadOnly: boolean },
): Promise<{ readonly rows: unknown[] } | { readonly error: string }> {
  const client = databaseClient(databaseUrl);
  await client.connect();
  try {
    if (request.isReadOnly) await client.query("set default_transaction_read_only = on");
    // Several statements return several results, and the API answers with the last result.
    const results: QueryResult | QueryResult[] = await client.query(
      request.query,
      request.parameters.length > 0 ? request.parameters : undefined,
    );
    return { rows: [results].flat().at(-1)?.rows ?? [] };
  } catch (error) {
    const { code = "XX000", message } = error as { code?: string; message: string };
    return { error: `ERROR:  ${code}: ${message}` };
  } finally {
    await client.end();
  }
}
