import { createKinde, type Run } from "kinde-local";
import { LOOPBACK } from "../http/listen.ts";
import { createObservations, startInspector } from "../inspector/index.ts";
import { type FreshnessMode, type LocalKinde, startIssuer, workflowOf } from "../issuer/index.ts";
import { startFunctions } from "../supabase/functions/index.ts";
import type { LocalSupabase } from "../supabase/index.ts";
import { demoUsers } from "./demoUsers.ts";
import type { ExternalProject } from "./externalProject.ts";
import { type ExampleName, openFront } from "./front/openFront.ts";
import type { AppInFront } from "./front/types.ts";
import { type Project, type ProjectOptions, startProject, useExternalProject } from "./project.ts";

export interface LocalAppOptions extends ProjectOptions {
  /** The example that is started; express unless given. */
  readonly example?: ExampleName | undefined;
  /** Adds the inspector to every page of the example. Only with the local Supabase. */
  readonly inspector?: boolean | undefined;
  /** The variables of an external Supabase project, instead of the local Supabase. */
  readonly supabase?: ExternalProject | undefined;
  /** Ports; free ones unless given. */
  readonly port?: number | undefined;
  readonly kindePort?: number | undefined;
  readonly freshness?: FreshnessMode | undefined;
  readonly accessTokenSeconds?: number | undefined;
  /** Receives every run of the workflow. */
  readonly onRun?: ((run: Run) => void) | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

export interface LocalApp {
  /** The one address to open. */
  readonly url: string;
  /** The paths of the example that Kinde sends a browser back to. */
  readonly callbackPaths: readonly string[];
  readonly kinde: LocalKinde;
  /** Absent with an external Supabase project. */
  readonly supabase: LocalSupabase | undefined;
  stop(): Promise<void>;
}

/**
 * Starts an example with everything it needs on this machine: Supabase, Kinde and Kinde's workflow
 * runtime.
 *
 * @throws LocalStackError, or the error of `listen` if a port is taken; nothing is left running
 *   then
 */
export async function startLocalApp(options: LocalAppOptions = {}): Promise<LocalApp> {
  const log = options.log ?? (() => undefined);
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    // The ports are chosen first, since Kinde has to know where to send its users back to.
    const inspector = options.inspector ? await startInspector(options.port) : undefined;
    if (inspector) ends.push(inspector.stop);
    const front = await openFront(options.example ?? "express", {
      port: inspector ? undefined : options.port,
      onProgress: options.onProgress,
      signal: options.signal,
      log,
    });
    ends.push(front.stop);
    const url = `http://${LOOPBACK}:${inspector?.port ?? front.port}`;

    const project = options.supabase
      ? useExternalProject(options.supabase, options)
      : await startProject(options);
    const { local } = project;
    if (local) ends.push(local.stop);

    options.onProgress?.("Starting Kinde");
    const observations = createObservations();
    const runtime = createKinde({ project: import.meta.dirname, env: project.workflowVariables });
    ends.push(() => runtime.close());
    const kinde = await startIssuer({
      workflow: workflowOf(runtime, (run, { userId }) => {
        observations.addRun(userId, run);
        options.onRun?.(run);
      }),
      redirectUris: front.callbackPaths.map((path) => url + path),
      logoutUris: front.logoutPaths.map((path) => url + path),
      // The demo users need no password, so an external project gets none of them.
      users: local ? await demoUsers(local.databaseUrl) : [],
      webhook: webhookOf(url, front, project, options),
      port: options.kindePort,
      freshness: options.freshness,
      accessTokenSeconds: options.accessTokenSeconds,
      onAccessToken: observations.addToken,
      onSignOut: observations.addSignOut,
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
    await front.start({ url, kinde, project });
    if (local) inspector?.attach({ kinde, supabase: local, observations, appPort: front.port });
    return { url, callbackPaths: front.callbackPaths, kinde, supabase: local, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Where Kinde sends its webhooks: to the app, or to the edge function if the app does not receive
 * them. Undefined if the function does not run either.
 */
function webhookOf(
  appUrl: string,
  { receivesWebhooks }: AppInFront,
  { secretKey, local }: Project,
  { relay }: LocalAppOptions,
): { url: string } | undefined {
  if (receivesWebhooks && secretKey) return { url: `${appUrl}/webhooks/kinde` };
  return local && relay?.deno ? { url: `${local.url}/functions/v1/kinde-webhook` } : undefined;
}
