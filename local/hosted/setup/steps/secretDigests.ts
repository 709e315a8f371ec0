import { sha256 } from "../../sha256.ts";
import { settingOf, supabaseOf, type World } from "../../world.ts";

/** The secrets of the edge functions, as far as Supabase shows them. */
export interface SecretDigests {
  has(name: string): boolean;
  /** Whether the stored value certainly differs. */
  differs(name: string, value: { readonly digest: string | undefined }): boolean;
  readonly isComparable: boolean;
}

/**
 * Reads the secrets' digests. Supabase does not document that they are the plain SHA-256 of the
 * values, so this function first compares the digest of `SUPABASE_URL`, whose value is known. If
 * the digests are something else, an existing secret counts as right: otherwise the set-up would
 * write it in every run.
 */
export async function readSecretDigests(world: World): Promise<SecretDigests> {
  const secrets = await supabaseOf(world).secrets();
  const stored = new Map(secrets.map(({ name, value }) => [name, value]));
  const url = `https://${settingOf(world, "SUPABASE_PROJECT_REF")}.supabase.co`;
  const isComparable = stored.get("SUPABASE_URL") === sha256(url);
  return {
    isComparable,
    has: (name) => stored.has(name),
    differs: (name, { digest }) => isComparable && stored.has(name) && stored.get(name) !== digest,
  };
}
