import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGuard } from "../../../local/supabase/guard.ts";

/**
 * For the whole test run: a database that one file had made from the migrations is copied for the
 * next file that wants the same. What is about the making itself unsets LOCAL_SUPABASE_CACHE.
 */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "supabase-test-cache-"));
  // The database's user goes through it.
  chmodSync(folder, 0o711);
  process.env.LOCAL_SUPABASE_CACHE = folder;
  // Removes the folder in the end, also when the run is killed.
  const guard = startGuard(folder);
  return () => guard.finish();
}
