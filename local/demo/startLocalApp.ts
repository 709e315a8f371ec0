import { createServer } from "node:http";
import { createKinde, type Run } from "kinde-local";
import { createApp } from "../../examples/express/createApp.ts";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { type FreshnessMode, type LocalKinde, startIssuer, workflowOf } from "../issuer/index.ts";
import { type LocalSupabase, startSupabase } from "../supabase/index.ts";
import { demoUsers } from "./demoUsers.ts";

export interface LocalAppOptions {
  /** The variables of an external Supabase project, instead of the local Supabase. */
  readonly supabase?: Readonly<Record<string, string>> | undefined;
  /** Lets the app write into the external project, which it only reads otherwise. */
  readonly allowWrites?: boolean | undefined;
  /** Ports; free ones unless told otherwise. */
  readonly port?: number | undefined;
  readonly kindePort?: number | undefined;
  readonly freshness?: FreshnessMode | undefined;
  readonly accessTokenSeconds?: number | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Told of every run of the workflow. */
  readonly onRun?: ((run: Run) => void) | undefined;
  readonly log?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LocalApp {
  /** The one address to open. */
  readonly url: string;
  readonly kinde: LocalKinde;
  /** Absent with an external Supabase project. */
  readonly supabase: LocalSupabase | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the app with everything it needs on this machine: Supabase, Kinde and Kinde's workflow
 * runtime.
 *
 * @throws LocalStackError, or the error of `listen` if a port is taken; nothing is left running then
 */
export async function startLocalApp(options: LocalAppOptions = {}): Promise<LocalApp> {
  const log = options.log ?? (() => undefined);
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    // The port first: Kinde has to know where to send its users back to.
    const server = createServer();
    const url = `http://${LOOPBACK}:${await listen(server, options.port)}`;
    ends.push(() => close(server));

    const local = options.supabase === undefined ? await startDatabase(options) : undefined;
    if (local) ends.push(local.stop);
    const variables = options.supabase ?? {
      SUPABASE_URL: local?.url ?? "",
      SUPABASE_SECRET_KEY: local?.workflowKey ?? "",
    };

    options.onProgress?.("Starting Kinde");
    const runtime = createKinde({ project: import.meta.dirname, env: variables });
    ends.push(() => runtime.close());
    const kinde = await startIssuer({
      workflow: workflowOf(runtime, options.onRun),
      redirectUris: [`${url}/callback`],
      logoutUris: [`${url}/`],
      // Nobody needs a password here, so nobody gets a back office over an external project.
      users: local ? await demoUsers(local.databaseUrl) : [],
      webhook: { url: `${url}/webhooks/kinde` },
      port: options.kindePort,
      freshness: options.freshness,
      accessTokenSeconds: options.accessTokenSeconds,
      log,
    });
    ends.push(kinde.stop);
    const app = createApp(
      {
        url,
        kinde: { domain: kinde.url, ...kinde.app, audience: AUDIENCE, machine: kinde.machine },
        // All clients are on this machine, and measurements sign in as fast as they can.
        requestsPerMinute: 100_000,
        supabase: {
          url: variables.SUPABASE_URL ?? "",
          secretKey: local?.secretKey ?? variables.SUPABASE_SECRET_KEY ?? "",
          readOnly: local === undefined && !options.allowWrites,
        },
      },
      log,
    );
    server.on("request", app);
    return { url, kinde, supabase: local, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The identifier of the app's API, as it would be registered in Kinde. */
export const AUDIENCE = "https://api.profile-claims.example";

function startDatabase({ onProgress, signal }: LocalAppOptions): Promise<LocalSupabase> {
  return startSupabase({ ...(onProgress && { onProgress }), ...(signal && { signal }) });
}
