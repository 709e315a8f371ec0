import { UsageError } from "../command/errors.ts";
import { readHostedSettings } from "../start/hosted.ts";

/** A project and its secret key. */
export interface Project {
  readonly url: string;
  readonly secretKey: string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Reads the project from the file if one is named, otherwise from the environment.
 *
 * @throws UsageError if a setting is missing, the key has characters that no key has, or it would
 *   be sent without encryption
 */
export function readProject(envFile: string | undefined): Project {
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = readHostedSettings(envFile) ?? {};
  if (url === undefined || secretKey === undefined) {
    throw new UsageError(
      "Neither SUPABASE_URL nor SUPABASE_SECRET_KEY is set. Set both, in the environment or in a file that --env-file names.",
    );
  }
  const { protocol, hostname, origin } = new URL(url);
  if (protocol !== "https:" && !LOOPBACK.test(hostname)) {
    throw new UsageError(
      "SUPABASE_URL begins with http://, so others on the network could read the secret key. Use https://.",
    );
  }
  // fetch would refuse a header with such a character, and its error would show the key.
  if (!/^[\w.-]+$/.test(secretKey)) {
    throw new UsageError(
      "SUPABASE_SECRET_KEY has characters that no key has. Copy the secret key again.",
    );
  }
  return { url: origin, secretKey };
}
