import type { OpenProfile } from "../../examples/express/profiles/ownProfile.ts";
import { type LocalSupabase, startSupabase } from "../supabase/index.ts";
import { openExternalProfile } from "./externalProfiles.ts";
import type { ExternalProject } from "./externalProject.ts";

export interface ProjectOptions {
  /** Lets the app write into the external project, which it only reads otherwise. */
  readonly allowWrites?: boolean | undefined;
  /** Starts the app without a secret key, so without back office and webhooks. */
  readonly withoutSecretKey?: boolean | undefined;
  /**
   * Relays all changes of claims in the local Supabase to Kinde, also those that SQL makes: on Deno
   * if its program is given, otherwise in Node.
   */
  readonly relay?: { readonly deno?: string | undefined } | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The settings of the Supabase project behind the app, for the workflow and for the app. */
export interface Project {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string | undefined;
  readonly workflowVariables: Readonly<Record<string, string>>;
  /**
   * Opens the rows of users. Absent if the project accepts the tokens of the local Kinde: then the
   * app opens the rows with these tokens.
   */
  readonly openProfile?: OpenProfile;
  /** Absent for an external project. */
  readonly local?: LocalSupabase;
}

/** Starts the local Supabase. */
export async function startProject(options: ProjectOptions): Promise<Project> {
  const { onProgress, signal } = options;
  const local = await startSupabase({
    standIns: options.relay !== undefined,
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

/** Describes an external Supabase project. */
export function useExternalProject(
  variables: ExternalProject,
  { allowWrites = false }: ProjectOptions,
): Project {
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = variables;
  return {
    url,
    publishableKey: variables.SUPABASE_PUBLISHABLE_KEY ?? "",
    // The app's webhooks write rows with this key.
    secretKey: allowWrites ? secretKey : undefined,
    workflowVariables: variables,
    openProfile: openExternalProfile({ url, secretKey, allowWrites }),
  };
}
