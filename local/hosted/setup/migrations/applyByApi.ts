import { z } from "zod";
import type { SupabaseManagement } from "../../clients/supabaseManagement.ts";
import { sha256 } from "../../sha256.ts";
import type { Migration } from "./localMigrations.ts";

/** The table in which the Supabase CLI remembers migrations, as the CLI makes it. */
const HISTORY = `create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key, statements text[], name text
);`;

/**
 * Applies migrations through the query endpoint, each in a transaction with its line in the
 * history. An interruption therefore leaves a migration either applied and remembered, or neither.
 *
 * It does not use the API's endpoint for migrations: Supabase documents that endpoint for partners
 * only. It also sets the present time as the version of each migration, so `supabase db push` would
 * apply all of them again.
 */
export async function applyByApi(
  supabase: SupabaseManagement,
  migrations: readonly Migration[],
): Promise<void> {
  for (const { version, name, sql } of migrations) {
    const quote = `$migration_${sha256(sql).slice(0, 16)}$`;
    const line = `insert into supabase_migrations.schema_migrations (version, name, statements)
values ('${version}', ${quote}${name}${quote}, array[${quote}${sql}${quote}]);`;
    await supabase.query(z.unknown(), `begin;\n${HISTORY}\n${line}\n${sql}\n;commit;`);
  }
}
