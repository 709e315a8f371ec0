import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startGuard } from "../../local/supabase/guard.ts";
import { temporaryFolder } from "../../local/supabase/temporaryFolder.ts";
import { databaseUser } from "../../local/supabase/user.ts";
import { buildPrograms } from "./programs.ts";

/**
 * What is made once for the whole test run: the programs that tests start, and the place for
 * databases. A database that one file had made from the migrations is copied for the next file that
 * wants the same; a test of the making itself unsets LOCAL_SUPABASE_CACHE.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = temporaryFolder("supabase-test-cache-", databaseUser());
  // Removes the folder in the end, also when the run is killed.
  const guard = startGuard(folder);
  const programs = join(folder, "programs");
  mkdirSync(programs);
  await buildPrograms(programs);
  process.env.LOCAL_SUPABASE_CACHE = folder;
  return () => guard.finish();
}
