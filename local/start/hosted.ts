import { readVariables } from "../command/envFile.ts";
import { UsageError } from "../command/errors.ts";

/** The variables the workflow reads, as Kinde would hold them. */
export type WorkflowVariables = Record<string, string>;

const NAMES = [
  "SUPABASE_URL",
  "SUPABASE_SECRET_KEY",
  "SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_ANON_KEY",
] as const;

/**
 * The settings of a hosted project, if there are any: from the file when one is named, otherwise
 * from the environment. The two are never mixed, so that no key is sent to another project's URL.
 *
 * @returns undefined to use the local Supabase
 * @throws UsageError if the file cannot be read or sets neither URL nor key, if only one of the two
 *   is set, or if the URL is not that of a project
 */
export function readHostedSettings(envFile: string | undefined): WorkflowVariables | undefined {
  const source = readVariables(envFile);
  const settings: WorkflowVariables = {};
  for (const name of NAMES) {
    const value = source[name]?.trim();
    if (value) {
      settings[name] = value;
    }
  }
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: key } = settings;
  const where = envFile === undefined ? "the environment" : envFile;
  if (url === undefined && key === undefined) {
    if (envFile !== undefined) {
      throw new UsageError(`${envFile} sets neither SUPABASE_URL nor SUPABASE_SECRET_KEY.`);
    }
    return undefined;
  }
  if (url === undefined || key === undefined) {
    const missing = url === undefined ? "SUPABASE_URL" : "SUPABASE_SECRET_KEY";
    const present = url === undefined ? "SUPABASE_SECRET_KEY" : "SUPABASE_URL";
    throw new UsageError(
      `${where} sets ${present} but not ${missing}. Set both to read a hosted project, or leave out both.`,
    );
  }
  return { ...settings, SUPABASE_URL: plainUrl(url, where) };
}

/** The message never repeats a value that is not a URL: it may be a key in the wrong place. */
function plainUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash;
  if (!isPlain) {
    throw new UsageError(
      `SUPABASE_URL in ${where} is not the URL of a Supabase project, such as https://ref.supabase.co. Is it mixed up with the key?`,
    );
  }
  return text;
}
