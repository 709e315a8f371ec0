import type { ReadVariable } from "./readSetting.ts";
import { SettingError } from "./SettingError.ts";

/** The Supabase project of the function. */
export interface Project {
  readonly url: string;
  /** Bypasses row-level security. */
  readonly secretKey: string;
}

/** The name that Supabase gives the first secret key of a project. */
const KEY_NAME = "default";

/**
 * Reads the project's address and its secret key, which Supabase gives to every function: as
 * `SUPABASE_SECRET_KEYS`, a JSON object of names and keys, and in older projects as
 * `SUPABASE_SERVICE_ROLE_KEY`.
 *
 * @throws {SettingError} if they are missing
 */
export function readProject(read: ReadVariable): Project {
  const url = read("SUPABASE_URL")?.trim().replace(/\/+$/, "");
  if (!url) throw new SettingError("SUPABASE_URL is not set. Supabase gives it to every function.");
  const secretKey = readNamedKey(read("SUPABASE_SECRET_KEYS")) ?? readLegacyKey(read);
  if (secretKey) return { url, secretKey };
  throw new SettingError(
    `SUPABASE_SECRET_KEYS has no key named "${KEY_NAME}", and SUPABASE_SERVICE_ROLE_KEY is not set. Create a secret key named "${KEY_NAME}" in the dashboard, under Settings, API Keys.`,
  );
}

function readLegacyKey(read: ReadVariable): string | undefined {
  return read("SUPABASE_SERVICE_ROLE_KEY")?.trim() || undefined;
}

/** Another secret key can belong to another role, so only the key with this name counts. */
function readNamedKey(keys: string | undefined): string | undefined {
  if (!keys?.trim()) return undefined;
  try {
    const { [KEY_NAME]: key } = Object(JSON.parse(keys)) as Record<string, unknown>;
    return typeof key === "string" && key !== "" ? key : undefined;
  } catch {
    // The text may hold a key, so the parser's message, which quotes it, goes nowhere.
    throw new SettingError("SUPABASE_SECRET_KEYS is not a JSON object of names and keys.");
  }
}
