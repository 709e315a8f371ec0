import { SettingError } from "./SettingError.ts";

/** Reads an environment variable: `Deno.env.get`. */
export type ReadVariable = (name: string) => string | undefined;

/**
 * Reads a setting that the function cannot work without.
 *
 * @throws {SettingError} if it is missing or blank
 */
export function readSetting(read: ReadVariable, name: string): string {
  const value = read(name)?.trim();
  if (value) return value;
  throw new SettingError(
    `${name} is not set. Set it with: npx supabase secrets set ${name}=… (see supabase/functions/README.md).`,
  );
}
