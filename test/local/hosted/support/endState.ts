import { withDatabase } from "../../../../local/supabase/index.ts";
import type { HostedWorld } from "./hostedWorld.ts";

type Parts = Pick<HostedWorld, "local" | "supabase" | "kinde">;

/**
 * Reads the state that the set-up left, without ids, times and random values. Values that must be
 * equal are compared here, and the result of the comparison is part of the state.
 */
export async function endState({ local, supabase, kinde }: Parts) {
  const { project } = supabase;
  const { environment } = kinde;
  const key = project.apiKeys.find(({ name }) => name === "kinde_workflow");
  const database = await withDatabase(local.databaseUrl, async (client) => {
    const rows = async (text: string) => (await client.query(text)).rows;
    return {
      migrations: await rows(
        "select version, name from supabase_migrations.schema_migrations order by version",
      ),
      vault: await rows("select name, decrypted_secret from vault.decrypted_secrets order by name"),
      jobs: await rows("select jobname, schedule, command from cron.job order by jobname"),
      queue: await rows("select to_regclass('pgmq.q_claim_changes')::text as name"),
    };
  });
  const wakeUp = database.vault.find(({ name }) => name === "refresh_claims_secret");
  return {
    migrations: database.migrations,
    jobs: database.jobs,
    queue: database.queue,
    vault: database.vault.map(({ name }) => name),
    dataApi: project.dataApi,
    apiKeys: project.apiKeys.map(({ name, type, secret_jwt_template }) => ({
      name,
      type,
      secret_jwt_template,
    })),
    isKeyMarked: key?.description?.endsWith(kinde.url) ?? false,
    functions: project.functions.map(({ slug, status, verify_jwt }) => ({
      slug,
      status,
      verify_jwt,
    })),
    functionSecrets: [...project.secrets.keys()].toSorted(),
    isWakeUpSecretShared: project.secrets.get("REFRESH_CLAIMS_SECRET") === wakeUp?.decrypted_secret,
    sources: project.secrets.get("FUNCTIONS_SOURCES_SHA256"),
    thirdPartyAuth: project.thirdPartyAuth.map(
      ({ oidc_issuer_url }) => oidc_issuer_url === kinde.url,
    ),
    variables: environment.variables
      .map((variable) => ({ key: variable.key, is_secret: variable.is_secret }))
      .toSorted((a, b) => String(a.key).localeCompare(String(b.key))),
    isKeyInKinde:
      environment.variables.find((variable) => variable.key === "SUPABASE_SECRET_KEY")?.value ===
      key?.api_key,
    webhooks: environment.webhooks.map(({ endpoint, event_types }) => ({ endpoint, event_types })),
    permissions: environment.permissions.map((permission) => permission.key),
    callbackUrls: environment.callbackUrls,
    logoutUrls: environment.logoutUrls,
  };
}
