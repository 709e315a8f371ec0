import { withDatabase } from "../client.ts";
import type { LocalSupabase } from "../types.ts";

/**
 * Stores in the Vault where the database finds `refresh-claims`, and the secret with which it calls
 * the function. From now on it calls the function whenever claims change.
 */
export async function storeWakeUp(
  { url, databaseUrl }: Pick<LocalSupabase, "url" | "databaseUrl">,
  secret: string,
): Promise<void> {
  const secrets = [
    ["refresh_claims_url", `${url}/functions/v1/refresh-claims`],
    ["refresh_claims_secret", secret],
  ] as const;
  await withDatabase(databaseUrl, async (client) => {
    for (const [name, value] of secrets) {
      await client.query("delete from vault.secrets where name = $1", [name]);
      await client.query("select vault.create_secret($1, $2)", [value, name]);
    }
  });
}
