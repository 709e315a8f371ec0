import { readOrigin } from "../../examples/express/readOrigin.ts";
import { UsageError } from "../command/errors.ts";
import { readHostedSettings, type WorkflowVariables } from "../start/hosted.ts";
import type { AppOptions } from "./options.ts";

/** The variables of an external Supabase project. */
export type ExternalProject = WorkflowVariables & {
  readonly SUPABASE_URL: string;
  readonly SUPABASE_SECRET_KEY: string;
};

/**
 * Reads the variables of an external Supabase project, if they are set.
 *
 * @returns undefined to use the local Supabase
 * @throws UsageError if the variables cannot be used, if the secret key would travel over plain
 *   http to another machine, or if `--allow-writes` is given without an external project
 */
export function readExternalProject(
  options: Pick<AppOptions, "envFile" | "allowWrites">,
): ExternalProject | undefined {
  const variables = readHostedSettings(options.envFile);
  if (variables === undefined) {
    if (!options.allowWrites) return undefined;
    throw new UsageError(
      "--allow-writes is for an external Supabase project. Set SUPABASE_URL and SUPABASE_SECRET_KEY, or leave the option out: the local database is writable.",
    );
  }
  const SUPABASE_URL = readOrigin(variables.SUPABASE_URL ?? "");
  if (SUPABASE_URL === undefined) {
    throw new UsageError(
      "SUPABASE_URL must be an origin such as https://ref.supabase.co: https (http for localhost only, since the secret key travels with every request), and no path.",
    );
  }
  return { ...variables, SUPABASE_URL, SUPABASE_SECRET_KEY: variables.SUPABASE_SECRET_KEY ?? "" };
}

/** What the app may do with the rows of an external project, for `nameProject`. */
export function rightsOf({ allowWrites }: Pick<AppOptions, "allowWrites">): string {
  return allowWrites
    ? "--allow-writes lets this app write rows into it"
    : "only read; --allow-writes lets this app write rows";
}

/**
 * Prints the first line of the output: the project whose rows the app shows, and what it may do.
 */
export function nameProject(url: string, rights: string, { json }: Pick<AppOptions, "json">): void {
  const line = `Supabase project: ${new URL(url).host} (${rights})\n`;
  // With --json, stdout holds the document and nothing else.
  (json ? process.stderr : process.stdout).write(line);
}
