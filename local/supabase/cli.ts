import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { supabaseBinary } from "./binaries.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { startServer } from "./server.ts";

/** The folders that the Supabase CLI creates for itself in `supabase/`. */
const CLI_FOLDERS = [".temp", ".branches"];

/** The time limit of a command. All migrations and the seed together must fit into it. */
const LIMIT_MS = 180_000;

export interface CliOptions {
  /** The folder that holds `supabase/`. */
  project: string;
  /** The stack's temporary folder: the CLI's home and its view of the project go there. */
  folder: string;
  /** The connection string, without a password: all users of the machine can read arguments. */
  databaseUrl: string;
  /** The password of the role in `databaseUrl`. The CLI gets it in its environment. */
  password: string;
  guard: Guard;
  signal: AbortSignal | undefined;
}

export interface CliResult {
  code: number | NodeJS.Signals;
  stdout: string;
  stderr: string;
}

/**
 * Returns the environment without the user's own settings for the CLI and for PostgreSQL's clients,
 * because these settings are for other databases.
 */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(SUPABASE_|PG)/.test(name)),
  );
}

/**
 * Runs the Supabase CLI on the database without leaving anything in the project or in the user's
 * home.
 */
export async function runSupabase(args: string[], options: CliOptions): Promise<CliResult> {
  const own = join(options.folder, "cli");
  const workdir = viewOf(options.project, own);
  const stdout = join(options.folder, "supabase-cli.log");
  const stderr = join(options.folder, "supabase-cli.errors.log");
  const cli = await startServer(
    {
      part: "Supabase CLI",
      file: supabaseBinary(),
      args: [...args, `--remote=${options.databaseUrl}`, "--workdir", workdir, "--agent", "no"],
      cwd: workdir,
      env: {
        ...withoutSettings(process.env),
        HOME: join(own, "home"),
        // At every start the CLI unpacks one of its libraries into this folder, and does not delete
        // it.
        TMPDIR: own,
        PGPASSWORD: options.password,
        SUPABASE_TELEMETRY_DISABLED: "1",
        DO_NOT_TRACK: "1",
        NO_COLOR: "1",
        // The database is on this machine and offers no TLS.
        PGSSLMODE: "disable",
      },
      log: stdout,
      errorLog: stderr,
      stopSignal: "SIGTERM",
    },
    options.guard,
  );
  const abort = () => cli.signal("SIGTERM");
  options.signal?.addEventListener("abort", abort, { once: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, LIMIT_MS);
  const code = await cli.exited;
  clearTimeout(timer);
  options.signal?.removeEventListener("abort", abort);
  if (late) {
    const command = args.slice(0, 2).join(" ");
    throw new LocalStackError(
      "Supabase CLI",
      `"supabase ${command}" was ended after ${LIMIT_MS / 1000} s.`,
    );
  }
  return { code, stdout: readFileSync(stdout, "utf8"), stderr: readFileSync(stderr, "utf8") };
}

/** Throws unless the folder is a Supabase project. Called before anything is started. */
export function checkProject(project: string): void {
  if (existsSync(resolve(project, "supabase", "config.toml"))) return;
  throw new LocalStackError(
    "migrations",
    `there is no supabase/config.toml in ${resolve(project)}. Name the folder that holds supabase/.`,
  );
}

/**
 * Makes a folder of links to the project's `supabase/`, so that the CLI writes its own files there
 * and not into the project. It is in `folder`, which only this user can enter.
 */
function viewOf(project: string, folder: string): string {
  checkProject(project);
  const source = resolve(project, "supabase");
  const view = join(folder, "project");
  if (existsSync(view)) return view;
  mkdirSync(folder, { mode: 0o700 });
  mkdirSync(join(view, "supabase"), { recursive: true });
  mkdirSync(join(folder, "home"));
  for (const entry of readdirSync(source)) {
    if (!CLI_FOLDERS.includes(entry)) {
      symlinkSync(join(source, entry), join(view, "supabase", entry));
    }
  }
  return view;
}
