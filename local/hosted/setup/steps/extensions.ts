import { z } from "zod";
import { supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

/** The extensions that wake the relay of claim changes. `proof` is null without the extension. */
const EXTENSIONS = [
  { name: "pg_net", proof: "to_regprocedure('net.http_post(text,jsonb,jsonb,jsonb,integer)')" },
  { name: "pg_cron", proof: "to_regprocedure('cron.schedule(text,text,text)')" },
  { name: "supabase_vault", proof: "to_regclass('vault.decrypted_secrets')" },
] as const;

const QUERY = EXTENSIONS.map(
  ({ name, proof }) => `select '${name}' as name, ${proof} is not null as is_there,
  exists (select from pg_catalog.pg_available_extensions where name = '${name}') as is_available`,
).join("\nunion all\n");
const row = z.object({ name: z.string(), is_there: z.boolean(), is_available: z.boolean() });

export async function readExtensions(world: World) {
  return await supabaseOf(world).query(row, QUERY);
}

export const extensionsStep = defineStep({
  id: "supabase.extensions",
  title: "Extensions",
  needs: SUPABASE,
  read: readExtensions,
  decide(extensions) {
    const missing = extensions.filter(({ is_there }) => !is_there);
    if (missing.length === 0) return { action: "exists", detail: "pg_net, pg_cron and Vault" };
    const impossible = missing.filter(({ is_available }) => !is_available);
    if (impossible.length > 0) {
      const names = impossible.map(({ name }) => name).join(", ");
      return { action: "manual", detail: `this project does not offer ${names}: ask Supabase` };
    }
    return { action: "create", detail: missing.map(({ name }) => name).join(", ") };
  },
  async apply(extensions, world) {
    const missing = extensions.filter(({ is_there }) => !is_there);
    const text = missing.map(({ name }) => `create extension if not exists ${name} cascade;`);
    await supabaseOf(world).query(z.unknown(), text.join("\n"));
  },
});
