import { type CliOptions, type CliResult, runSupabase } from "./cli.ts";
import { LocalStackError } from "./errors.ts";

export interface PushOptions extends CliOptions {
  seed: boolean;
}

/** Applies the project's migrations, and its seed, with the Supabase CLI: as in production. */
export async function pushMigrations(options: PushOptions): Promise<void> {
  const args = ["db", "push", "--skip-vault", "--yes"];
  const seed = options.seed ? ["--include-seed"] : [];
  const result = await runSupabase([...args, ...seed, "--output-format", "json"], options);
  if (result.code === 0) return;
  options.signal?.throwIfAborted();
  throw new LocalStackError("migrations", sentence(result));
}

/** What the CLI was doing when it failed, and the database's own words for it. */
function sentence({ stdout, stderr }: CliResult): string {
  const steps = stderr.matchAll(/^(?:Applying migration|Seeding data from) (.+?)\.\.\.$/gm);
  const file = [...steps].at(-1)?.[1];
  const [error = "", ...more] = (messageOf(stdout) ?? stderr.trim()).split("\n");
  const statement = more.filter((line) => !/^\s*\^?\s*$/.test(line)).at(-1);
  const at = statement ? `, at: ${statement.trim()}` : "";
  return file
    ? `${file} failed, and nothing of it was applied: ${error}${at}. Fix the file and start again.`
    : `${error.replace(/\.$/, "") || "the Supabase CLI failed without a message"}.`;
}

/** The message in the CLI's JSON: `{"error":{"message":"…"}}`. */
function messageOf(stdout: string): string | undefined {
  try {
    const { error } = JSON.parse(stdout) as { error?: { message?: unknown } };
    return typeof error?.message === "string" ? error.message : undefined;
  } catch {
    return undefined;
  }
}
