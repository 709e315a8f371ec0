import { createServer } from "node:http";
import { createKinde, type Run } from "kinde-local";
import { createApp } from "../../examples/express/createApp.ts";
import type { OpenProfile } from "../../examples/express/profiles/ownProfile.ts";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { type FreshnessMode, type LocalKinde, startIssuer, workflowOf } from "../issuer/index.ts";
import { startFunctions } from "../supabase/functions/index.ts";
import { type LocalSupabase, startSupabase } from "../supabase/index.ts";
import { demoUsers } from "./demoUsers.ts";
import { openExternalProfile } from "./externalProfiles.ts";
import type { ExternalProject } from "./externalProject.ts";

export interface LocalAppOptions {
  /** The variables of an external Supabase project, instead of the local Supabase. */
  readonly supabase?: ExternalProject | undefined;
  /** Lets the app write into the external project, which it only reads otherwise. */
  readonly allowWrites?: boolean | undefined;
  /** Starts the app without a secret key, so without back office and webhooks. */
  readonly withoutSecretKey?: boolean | undefined;
  /**
   * Relays the changes of claims in the local Supabase to Kinde, whoever makes them: on Deno if its
   * program is given, otherwise in Node.
   */
  readonly relay?: { readonly deno?: string | undefined } | undefined;
  /** Ports; free ones unless given. */
  readonly port?: number | undefined;
  readonly kindePort?: number | undefined;
  readonly freshness?: FreshnessMode | undefined;
  readonly accessTokenSeconds?: number | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Receives every run of the workflow. */
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

    const project = options.supabase
      ? useExternalProject(options.supabase, options)
      : await startProject(options);
    const { local } = project;
    if (local) ends.push(local.stop);

    options.onProgress?.("Starting Kinde");
    const runtime = createKinde({ project: import.meta.dirname, env: project.workflowVariables });
    ends.push(() => runtime.close());
    const kinde = await startIssuer({
      workflow: workflowOf(runtime, options.onRun),
      redirectUris: [`${url}/callback`],
      logoutUris: [`${url}/`],
      // Nobody needs a password here, so nobody gets a back office over an external project.
      users: local ? await demoUsers(local.databaseUrl) : [],
      webhook: webhookOf(url, project, options),
      port: options.kindePort,
      freshness: options.freshness,
      accessTokenSeconds: options.accessTokenSeconds,
      log,
    });
    ends.push(kinde.stop);
    local?.trustIssuer(kinde.url);
    if (local && options.relay) {
      const access = { domain: kinde.url, ...kinde.machine };
      const { deno } = options.relay;
      const relay = await startFunctions({ supabase: local, kinde: access, deno, log });
      ends.push(relay.stop);
    }
    const app = createApp(
      {
        url,
        kinde: { domain: kinde.url, ...kinde.app, audience: AUDIENCE, machine: kinde.machine },
        // All clients are on this machine, and measurements sign in as fast as they can.
        requestsPerMinute: 100_000,
        supabase: project,
      },
      log,
      { openProfile: project.openProfile },
    );
    server.on("request", app);
    return { url, kinde, supabase: local, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where Kinde sends its webhooks: to the app, or to the edge function if the app cannot write rows. */
function webhookOf(
  appUrl: string,
  { secretKey, local }: Project,
  { relay }: LocalAppOptions,
): { url: string } | undefined {
  if (secretKey) return { url: `${appUrl}/webhooks/kinde` };
  return local && relay?.deno ? { url: `${local.url}/functions/v1/kinde-webhook` } : undefined;
}

/** The identifier of the app's API, as it would be registered in Kinde. */
export const AUDIENCE = "https://api.profile-claims.example";

/** The Supabase project behind the app: what the workflow and the app know of it. */
interface Project {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string | undefined;
  readonly workflowVariables: Readonly<Record<string, string>>;
  /** Absent if the project accepts the tokens of the local Kinde. */
  readonly openProfile?: OpenProfile;
  /** Absent for an external project. */
  readonly local?: LocalSupabase;
}

async function startProject(options: LocalAppOptions): Promise<Project> {
  const { onProgress, signal } = options;
  const local = await startSupabase({
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const { url, publishableKey, secretKey, workflowKey } = local;
  return {
    url,
    publishableKey,
    secretKey: options.withoutSecretKey ? undefined : secretKey,
    workflowVariables: {
      SUPABASE_URL: url,
      SUPABASE_SECRET_KEY: workflowKey,
      // Kinde's tokens open the rows of their users: see docs/supabase-third-party-auth.md.
      SUPABASE_ROLE_CLAIM: "authenticated",
    },
    local,
  };
}

function useExternalProject(
  variables: ExternalProject,
  { allowWrites = false }: LocalAppOptions,
): Project {
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = variables;
  return {
    url,
    publishableKey: variables.SUPABASE_PUBLISHABLE_KEY ?? "",
    // Webhooks write rows.
    secretKey: allowWrites ? secretKey : undefined,
    workflowVariables: variables,
    openProfile: openExternalProfile({ url, secretKey, allowWrites }),
  };
}
