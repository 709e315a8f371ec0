import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { supabaseBinary } from "./binaries.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { startServer } from "./server.ts";

/** What the Supabase CLI keeps for itself in the folder; never the user's own. */
const CLI_FOLDERS = [".temp", ".branches"];

export interface PushOptions {
  /** The folder that holds `supabase/`. */
  project: string;
  databaseUrl: string;
  seed: boolean;
  /** The stack's temporary folder: the CLI's home and its view of the project go there. */
  folder: string;
  guard: Guard;
  signal: AbortSignal | undefined;
}

/** Applies the project's migrations, and its seed, with the Supabase CLI: as in production. */
export async function pushMigrations(options: PushOptions): Promise<void> {
  const args = ["db", "push", `--remote=${options.databaseUrl}`, "--skip-vault", "--yes"];
  const result = await runSupabase([...args, ...(options.seed ? ["--include-seed"] : [])], options);
  if (result.code === 0) return;
  options.signal?.throwIfAborted();
  throw new LocalStackError("migrations", sentence(result.lines));
}

/** Runs the Supabase CLI on the project without leaving anything in it or in the user's home. */
export async function runSupabase(
  args: string[],
  options: Omit<PushOptions, "seed" | "databaseUrl">,
): Promise<{ code: number | NodeJS.Signals; lines: string[] }> {
  const workdir = viewOf(options.project, options.folder);
  const cli = await startServer(
    {
      part: "Supabase CLI",
      file: supabaseBinary(),
      args: [...args, "--workdir", workdir, "--agent", "no", "--output-format", "json"],
      cwd: workdir,
      env: {
        ...process.env,
        HOME: join(options.folder, "home"),
        SUPABASE_TELEMETRY_DISABLED: "1",
        DO_NOT_TRACK: "1",
        NO_COLOR: "1",
      },
      log: join(options.folder, "supabase-cli.log"),
      stopSignal: "SIGTERM",
    },
    options.guard,
  );
  const abort = () => cli.signal("SIGTERM");
  options.signal?.addEventListener("abort", abort, { once: true });
  const code = await cli.exited;
  options.signal?.removeEventListener("abort", abort);
  return { code, lines: cli.logLines() };
}

/** A folder of links to the project's `supabase/`, so that the CLI's own files stay out of it. */
function viewOf(project: string, folder: string): string {
  const source = resolve(project, "supabase");
  if (!existsSync(join(source, "config.toml"))) {
    throw new LocalStackError(
      "migrations",
      `there is no supabase/config.toml in ${resolve(project)}. Name the folder that holds supabase/.`,
    );
  }
  const view = join(folder, "project");
  if (existsSync(view)) return view;
  mkdirSync(join(view, "supabase"), { recursive: true });
  mkdirSync(join(folder, "home"), { recursive: true });
  for (const entry of readdirSync(source)) {
    if (!CLI_FOLDERS.includes(entry)) {
      symlinkSync(join(source, entry), join(view, "supabase", entry));
    }
  }
  return view;
}

/** What the CLI was doing when it failed, and the database's own words for it. */
function sentence(lines: string[]): string {
  const doing = lines.findLast((line) =>
    /^(Applying migration|Seeding data from|Updating seed)/.test(line),
  );
  const file = doing
    ?.replace(/^(Applying migration|Seeding data from) /, "")
    .replace(/\.\.\.$/, "");
  const [error = "the Supabase CLI failed without a word", ...more] = errorOf(lines).split("\n");
  const statement = more.filter((line) => !/^\s*\^?\s*$/.test(line)).at(-1);
  const at = statement ? `, at: ${statement.trim()}` : "";
  return file
    ? `${file} failed, and nothing of it was applied: ${error}${at}. Mend the file and start again.`
    : `${error.replace(/\.$/, "")}.`;
}

function errorOf(lines: string[]): string {
  for (const line of lines) {
    if (!line.startsWith("{")) continue;
    const parsed: unknown = JSON.parse(line);
    if (hasError(parsed)) return parsed.error.message;
  }
  return lines.at(-1) ?? "";
}

function hasError(value: unknown): value is { error: { message: string } } {
  return (
    typeof value === "object" &&
    value !== null &&
    "error" in value &&
    typeof (value.error as { message?: unknown } | null)?.message === "string"
  );
}
