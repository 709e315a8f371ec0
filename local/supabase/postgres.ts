import { chownSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LOOPBACK } from "../http/listen.ts";
import { canHoldSocket, type PostgresAddress } from "./addresses.ts";
import { type PostgresBinaries, postgresBinaries, reachableBinaries } from "./binaries.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { accepts, freePort, portRefused } from "./ports.ts";
import { type Server, startServer, untilReady } from "./server.ts";
import { ownedFolder } from "./temporaryFolder.ts";
import type { SystemUser } from "./user.ts";

const READY_LIMIT_MS = 20_000;
const PORT_ATTEMPTS = 5;

/** Hosted Supabase's superuser; everything of the project belongs to the ordinary role postgres. */
export const SUPERUSER = "supabase_admin";

// The data is temporary, so PostgreSQL need not wait for the disk. Minimal WAL makes a bulk load
// fast.
const SETTINGS = {
  listen_addresses: LOOPBACK,
  unix_socket_permissions: "0700",
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
  /** The superuser's password, for a new cluster. */
  password: string;
  port: number | undefined;
  /** Copies a cached cluster into the folder `data`, which exists and is empty. */
  bringCluster: (() => Promise<void>) | undefined;
  guard: Guard;
  signal: AbortSignal | undefined;
}

export interface Postgres {
  readonly address: PostgresAddress;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Makes a new cluster in the folder, unless a cached one is copied, and starts it. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  if (options.port) await freePort("PostgreSQL", options.port);
  const found = postgresBinaries();
  const binaries = options.user ? reachableBinaries(found, options.folder) : found;
  ownedFolder(join(options.folder, "data"), options.user);
  await (options.bringCluster?.() ?? initialize(binaries, options));
  const sockets = join(options.folder, "socket");
  const socketFolder = canHoldSocket(sockets) ? ownedFolder(sockets, options.user) : undefined;
  let server: Server | undefined;
  let port = 0;
  for (let attempt = 1; !server; attempt += 1) {
    port = options.port ?? (await freePort("PostgreSQL"));
    server = await launch(binaries, options, { port, socketFolder }).catch((error: unknown) => {
      // Another program took the free port in between: try another one.
      if (options.port || attempt === PORT_ATTEMPTS || !/in use/.test(String(error))) throw error;
      return undefined;
    });
  }
  return {
    address: { port, socketFolder },
    // Fast shutdown, with a checkpoint: what was committed is there at the next start.
    stop: async () => server?.stop("SIGINT"),
    start: async () => {
      if (!server?.running) server = await launch(binaries, options, { port, socketFolder });
    },
  };
}

async function initialize(binaries: PostgresBinaries, options: PostgresOptions): Promise<void> {
  // initdb reads the password from a file: an argument would be visible to every user.
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
  rmSync(passwordFile);
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
  { port, socketFolder }: PostgresAddress,
): Promise<Server> {
  const address = { port: String(port), unix_socket_directories: socketFolder ?? "" };
  const settings = Object.entries({ ...SETTINGS, ...address });
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
    // Immediate shutdown: the data is temporary, and clients need not disconnect first.
    stopSignal: "SIGQUIT" as const,
  };
}
