import { startGuard } from "../../../local/supabase/guard.ts";
import { temporaryFolder } from "../../../local/supabase/temporaryFolder.ts";
import { databaseUser } from "../../../local/supabase/user.ts";

/**
 * For the whole test run: a database that one file had made from the migrations is copied for the
 * next file that wants the same. What is about the making itself unsets LOCAL_SUPABASE_CACHE.
 */
export default function setup(): () => Promise<void> {
  const folder = temporaryFolder("supabase-test-cache-", databaseUser());
  process.env.LOCAL_SUPABASE_CACHE = folder;
  // Removes the folder in the end, also when the run is killed.
  const guard = startGuard(folder);
  return () => guard.finish();
}
