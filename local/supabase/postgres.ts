import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PostgresBinaries, postgresBinaries, reachableBinaries } from "./binaries.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { accepts, freePort, LOOPBACK, portRefused } from "./ports.ts";
import { type Server, startServer, untilReady } from "./server.ts";
import type { SystemUser } from "./user.ts";

const READY_LIMIT_MS = 20_000;
const PORT_ATTEMPTS = 5;

/** Hosted Supabase's superuser; everything of the project belongs to the ordinary role postgres. */
export const SUPERUSER = "supabase_admin";

// Throw-away data: nothing waits for a disk. Minimal WAL makes a bulk load cheap.
const SETTINGS = {
  listen_addresses: LOOPBACK,
  unix_socket_directories: "",
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  timezone: "UTC",
  lc_messages: "C",
};

export interface PostgresOptions {
  /** The temporary folder of the stack; data, log and, if need be, the programs go below it. */
  folder: string;
  user: SystemUser | undefined;
  password: string;
  port: number | undefined;
  /** There is a cluster in the folder already. */
  initialized: boolean;
  guard: Guard;
  signal: AbortSignal | undefined;
}

export interface Postgres {
  readonly port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Makes a new cluster in the folder, unless there is one, and starts it. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  if (options.port) await freePort("PostgreSQL", options.port);
  const found = postgresBinaries();
  const binaries = options.user ? reachableBinaries(found, options.folder) : found;
  if (!options.initialized) await initialize(binaries, options);
  let server: Server | undefined;
  let port = 0;
  for (let attempt = 1; !server; attempt += 1) {
    port = options.port ?? (await freePort("PostgreSQL"));
    server = await launch(binaries, options, port).catch((error: unknown) => {
      // Another program took the port between the question and the answer: ask again.
      if (options.port || attempt === PORT_ATTEMPTS || !/in use/.test(String(error))) throw error;
      return undefined;
    });
  }
  return {
    port,
    // Fast shutdown, with a checkpoint: what was committed is there at the next start.
    stop: async () => server?.stop("SIGINT"),
    start: async () => {
      if (!server?.running) server = await launch(binaries, options, port);
    },
  };
}

async function initialize(binaries: PostgresBinaries, options: PostgresOptions): Promise<void> {
  const passwordFile = join(options.folder, "password");
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (options.user) chownSync(passwordFile, options.user.uid, options.user.gid);
  const initdb = await startServer(
    {
      ...program(binaries.initdb, "initdb.log", options),
      stopSignal: "SIGKILL",
      args: [
        ...["--pgdata", join(options.folder, "data"), "--username", SUPERUSER],
        ...["--pwfile", passwordFile, "--auth", "scram-sha-256"],
        ...["--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"],
      ],
    },
    options.guard,
  );
  const end = await initdb.exited;
  if (end === 0) return;
  options.signal?.throwIfAborted();
  const reason = initdb.logLines().find((line) => /error|FATAL|could not/i.test(line));
  throw new LocalStackError(
    "PostgreSQL",
    `initdb ended with ${end}: ${reason ?? "it printed nothing"}.`,
  );
}

async function launch(
  binaries: PostgresBinaries,
  options: PostgresOptions,
  port: number,
): Promise<Server> {
  const settings = Object.entries({ ...SETTINGS, port: String(port) });
  const server = await startServer(
    {
      ...program(binaries.postgres, "postgres.log", options),
      args: [
        ...["-D", join(options.folder, "data")],
        ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
    },
    options.guard,
  );
  await untilReady(
    "PostgreSQL",
    server,
    async () =>
      server.logLines().some((line) => line.includes("ready to accept connections")) &&
      (await accepts(port)),
    { limitMs: READY_LIMIT_MS, signal: options.signal },
  ).catch((error: unknown) => {
    const taken = server.logLines().some((line) => /Address already in use/.test(line));
    throw taken ? portRefused("PostgreSQL", port, { code: "EADDRINUSE" }) : error;
  });
  return server;
}

function program(file: string, log: string, options: PostgresOptions) {
  return {
    part: "PostgreSQL" as const,
    file,
    cwd: options.folder,
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: "C" },
    log: join(options.folder, log),
    user: options.user,
    // Immediate shutdown: the data is thrown away, and clients do not have to leave first.
    stopSignal: "SIGQUIT" as const,
  };
}
