// Part of npm run types:database: writes what the migrations make into facts.json, for the doctor.
import { writeFileSync } from "node:fs";
import { type LocalSupabase, startSupabase, withDatabase } from "../../../supabase/index.ts";
import { FACTS_QUERY, type FactRow, groupFacts } from "./facts.ts";

const FILE = new URL("facts.json", import.meta.url);

/** The content of facts.json for a database. */
export async function factsOf({ databaseUrl }: Pick<LocalSupabase, "databaseUrl">) {
  return await withDatabase(databaseUrl, async (client) =>
    groupFacts((await client.query<FactRow>(FACTS_QUERY)).rows),
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const supabase = await startSupabase({ seed: false });
  try {
    writeFileSync(FILE, `${JSON.stringify(await factsOf(supabase), null, 2)}\n`);
  } finally {
    await supabase.stop();
  }
}
