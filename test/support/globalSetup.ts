import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startGuard } from "../../local/supabase/guard.ts";
import { temporaryFolder } from "../../local/supabase/temporaryFolder.ts";
import { databaseUser } from "../../local/supabase/user.ts";
import { buildPrograms } from "./builtPrograms.ts";

/**
 * Creates once for the whole test run: the programs that tests start, and a cache of databases. A
 * database that one file created from the migrations is copied for the next file that needs the
 * same. Tests of the creation itself unset LOCAL_SUPABASE_CACHE.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = temporaryFolder("supabase-test-cache-", databaseUser());
  // Removes the folder at the end, even if the run is killed.
  const guard = startGuard(folder);
  const programs = join(folder, "programs");
  mkdirSync(programs);
  await buildPrograms(programs);
  process.env.LOCAL_SUPABASE_CACHE = folder;
  return () => guard.finish();
}
