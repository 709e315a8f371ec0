import { type HostedSettings, SECRET_SETTINGS } from "./settings.ts";

/** Keys and tokens of Supabase, and JWTs. */
const KEY = /\b(sb_secret_|sbp_|eyJ)[\w.-]{8,}/g;

/**
 * Removes the secrets of the settings, and whatever looks like a key, from a text that a person or
 * a log will see.
 */
export type Redact = (text: string) => string;

export function createRedactor(settings: HostedSettings): Redact {
  const secrets = SECRET_SETTINGS.flatMap((name) => settings[name] ?? []);
  return (text) =>
    secrets
      .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text)
      .replace(KEY, "$1[secret]");
}
