import type { DefaultPrivileges } from "./bootstrap.ts";
import type { CliResult } from "./cli.ts";
import type { FunctionServer, ServeOptions } from "./functions/serveFunctions.ts";
import type { Keys, MintJwt } from "./keys.ts";

export interface StartOptions {
  /** The folder that holds `supabase/`. This repository unless given. */
  project?: string;
  /** Apply the seed after the migrations; default true. */
  seed?: boolean;
  /** Apply the migrations; default true. Without them there is an empty Supabase project. */
  migrate?: boolean;
  /** What new tables in `public` are granted: nothing ("explicit", the default) or everything. */
  defaultPrivileges?: DefaultPrivileges;
  /** Have Supabase Queues (pgmq); default true. */
  pgmq?: boolean;
  /**
   * Have SQL stand-ins for the extensions pg_net, pg_cron and Vault, which embedded PostgreSQL
   * lacks, and run their requests and jobs; default false.
   */
  standIns?: boolean;
  /** Port of the API gateway. A free one unless given. */
  port?: number;
  /** Port of PostgreSQL. A free one unless given. */
  databasePort?: number;
  /** Receives a few words about each step of the start. */
  onProgress?: (text: string) => void;
  /** Aborts a start that is under way. `stop` ends a stack that runs. */
  signal?: AbortSignal;
}

/** A part that can be stopped and started again, to try an outage. */
export interface StoppablePart {
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * A Supabase project on this machine: PostgreSQL, PostgREST, the API gateway and edge functions.
 */
export interface LocalSupabase extends Keys {
  /**
   * `http://127.0.0.1:…`; the Data API is below `/rest/v1/`, the edge functions below
   * `/functions/v1/`.
   */
  url: string;
  /** The database as the role `postgres`: owner of the tables, not a superuser, as on hosted. */
  databaseUrl: string;
  /** The database as the superuser `supabase_admin`, for what hosted Supabase does itself. */
  superuserUrl: string;
  /** Signs a token with the project's secret. It is valid for an hour unless a time is given. */
  mintJwt: MintJwt;
  /**
   * Accepts the access tokens of this OpenID Connect issuer, as third-party auth of a hosted
   * project does. One issuer at a time.
   */
  trustIssuer(issuer: string): void;
  postgrest: StoppablePart;
  database: StoppablePart;
  /**
   * Serves the project's edge functions on Deno until `stop`. Without this call, no
   * function is served, since Deno is optional.
   *
   * @throws LocalStackError if one does not start
   */
  serveFunctions(options: ServeOptions): Promise<FunctionServer>;
  /** Runs the Supabase CLI on this database, for example `["db", "advisors"]`; one at a time. */
  cli(args: string[]): Promise<CliResult>;
  /** Ends everything and removes the temporary folder; may be called more than once. */
  stop(): Promise<void>;
}
