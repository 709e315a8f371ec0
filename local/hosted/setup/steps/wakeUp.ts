import { randomBytes } from "node:crypto";
import { z } from "zod";
import { sha256 } from "../../sha256.ts";
import { settingOf, supabaseOf, type World } from "../../world.ts";
import { defineStep, KINDE, SUPABASE } from "../step.ts";

const SECRET_BYTES = 32;

const QUERY = `select name, id::text as id,
  encode(sha256(convert_to(decrypted_secret, 'UTF8')), 'hex') as digest
from vault.decrypted_secrets where name in ('refresh_claims_url', 'refresh_claims_secret')`;
const row = z.object({ name: z.string(), id: z.string(), digest: z.string() });

/** Where the database finds the function refresh-claims. */
export function refreshClaimsUrl(world: Pick<World, "settings">): string {
  return `${settingOf(world, "SUPABASE_URL")}/functions/v1/refresh-claims`;
}

/** The two entries of the Vault, as SHA-256: their values stay in the database. */
export async function readWakeUp(world: World) {
  const hasVault = "select to_regclass('vault.decrypted_secrets') is not null as has_vault";
  const supabase = supabaseOf(world);
  const [found] = await supabase.query(z.object({ has_vault: z.boolean() }), hasVault);
  const rows = found?.has_vault ? await supabase.query(row, QUERY) : [];
  return {
    url: rows.find(({ name }) => name === "refresh_claims_url"),
    secret: rows.find(({ name }) => name === "refresh_claims_secret"),
  };
}

/**
 * Reads the secret with which the database calls the function. It is sent only to the function: in
 * its settings, and in the doctor's request.
 */
export async function revealWakeUpSecret(world: World): Promise<string | undefined> {
  const text =
    "select decrypted_secret as value from vault.decrypted_secrets where name = 'refresh_claims_secret'";
  const [found] = await supabaseOf(world).query(z.object({ value: z.string() }), text);
  return found?.value;
}

export const wakeUpStep = defineStep({
  id: "supabase.vault",
  title: "Vault entries for waking up refresh-claims",
  needs: [...SUPABASE, ...KINDE],
  read: readWakeUp,
  decide({ url, secret }, world) {
    const names = "refresh_claims_url, refresh_claims_secret";
    if (url === undefined || secret === undefined) return { action: "create", detail: names };
    if (url.digest === sha256(refreshClaimsUrl(world))) return { action: "exists", detail: names };
    return { action: "change", detail: `refresh_claims_url to ${refreshClaimsUrl(world)}` };
  },
  async apply({ url, secret }, world) {
    const supabase = supabaseOf(world);
    const create = "select vault.create_secret($1::text, $2::text)";
    const address = refreshClaimsUrl(world);
    if (url === undefined) {
      await supabase.query(z.unknown(), create, [address, "refresh_claims_url"]);
    } else if (url.digest !== sha256(address)) {
      const change = "select vault.update_secret($1::uuid, $2::text)";
      await supabase.query(z.unknown(), change, [url.id, address]);
    }
    if (secret === undefined) {
      const value = randomBytes(SECRET_BYTES).toString("hex");
      await supabase.query(z.unknown(), create, [value, "refresh_claims_secret"]);
    }
  },
});
