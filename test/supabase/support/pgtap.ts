import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Client, QueryResult } from "pg";
import { readFromArchive } from "../../../local/supabase/readFromArchive.ts";

const require = createRequire(import.meta.url);

/** pgTAP's functions in the schema `extensions`, as `supabase test db` installs them. */
export async function loadPgtap(superuser: Client): Promise<void> {
  const entry = dirname(require.resolve("@electric-sql/pglite-pgtap"));
  const archive = join(entry, "pgtap.tar.gz");
  const file = "share/postgresql/extension/pgtap--1.3.5.sql";
  const sql = readFromArchive(archive, file);
  await superuser.query(`set search_path = extensions; ${sql}; reset search_path`);
}

/** One `ok` or `not ok` line of a pgTAP file, with its explanation. */
export interface TapResult {
  ok: boolean;
  name: string;
  explanation: string;
}

/** Runs a pgTAP file and returns its results. A wrong number of results counts as a failure. */
export async function runPgtap(client: Client, sql: string): Promise<TapResult[]> {
  // For several statements in one query, node-postgres returns a list with a result for each.
  const results = (await client.query({ text: sql, rowMode: "array" })) as unknown as QueryResult[];
  const lines = results
    .flatMap((result) => result.rows as unknown[][])
    .flatMap((row) => String(row[0]).split("\n"));
  const found: TapResult[] = [];
  let planned = 0;
  for (const line of lines) {
    const match = /^(not )?ok \d+(?: - (.*))?$/.exec(line);
    const last = found.at(-1);
    if (match) found.push({ ok: !match[1], name: match[2] ?? "", explanation: "" });
    else if (/^1\.\.\d+$/.test(line)) planned = Number(line.slice(3));
    else if (line.startsWith("#") && last) last.explanation += `${line}\n`;
  }
  const kept = found.length === planned;
  const name = `runs the ${planned} tests that it plans`;
  return [...found, { ok: kept, name, explanation: kept ? "" : `It ran ${found.length}.` }];
}
