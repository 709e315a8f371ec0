import { z } from "zod";
import { supabaseOf, type World } from "../../world.ts";
import { applyByApi } from "../migrations/applyByApi.ts";
import { applyByCli } from "../migrations/applyByCli.ts";
import { localMigrations, type Migration } from "../migrations/localMigrations.ts";
import { defineStep, SUPABASE } from "../step.ts";

export interface MigrationState {
  readonly pending: readonly Migration[];
  /** Versions that the project has and this repository does not. */
  readonly foreign: readonly string[];
  /** There is a table public.profiles that none of our migrations made. */
  readonly hasOtherProfiles: boolean;
}

const TABLES = `select to_regclass('supabase_migrations.schema_migrations') is not null as has_history,
  to_regclass('public.profiles') is not null as has_profiles`;
const tables = z.object({ has_history: z.boolean(), has_profiles: z.boolean() });
const HISTORY = "select version from supabase_migrations.schema_migrations order by version";

export async function readMigrations(world: World): Promise<MigrationState> {
  const supabase = supabaseOf(world);
  const [found] = await supabase.query(tables, TABLES);
  const rows = found?.has_history
    ? await supabase.query(z.object({ version: z.string() }), HISTORY)
    : [];
  const applied = new Set(rows.map(({ version }) => version));
  const local = localMigrations(world.repository);
  const pending = local.filter(({ version }) => !applied.has(version));
  return {
    pending,
    foreign: [...applied].filter((version) => local.every((one) => one.version !== version)),
    hasOtherProfiles: (found?.has_profiles ?? false) && pending.length === local.length,
  };
}

export const migrationsStep = defineStep({
  id: "supabase.migrations",
  title: "Migrations",
  needs: SUPABASE,
  isGate: true,
  read: readMigrations,
  decide({ pending, hasOtherProfiles }, { settings }) {
    if (hasOtherProfiles) {
      return {
        action: "manual",
        detail:
          "public.profiles exists already: follow supabase/README.md, Coming from Kinde's tutorial",
      };
    }
    if (pending.length === 0) return { action: "exists", detail: "all are applied" };
    const way = settings.SUPABASE_DB_URL ? "supabase db push" : "the Management API";
    const names = [...new Set([pending[0]?.name, pending.at(-1)?.name])].join(" … ");
    return { action: "create", detail: `${pending.length} through ${way} (${names})` };
  },
  async apply({ pending }, world) {
    if (world.settings.SUPABASE_DB_URL) await applyByCli(world);
    else await applyByApi(supabaseOf(world), pending);
  },
});
