import "server-only";
import { z } from "zod";
import { lazy } from "@/lib/lazy";
import { readOrigin } from "@/lib/web/readOrigin";

/** A variable is missing or wrong. The message names it, and never repeats its value. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const NOT_AN_ORIGIN =
  "must be an origin such as https://example.com: https (http for this machine only), without a path";
// Kinde's SDK refuses any other secret, and writes it into the message of its error.
const NOT_A_SECRET = "must be the client secret from Kinde: 40 to 60 letters and digits";
const NOT_PUBLISHABLE = "must be the publishable key, but it holds a secret key";

const text = z.string();
const origin = z.string().transform((value, context) => {
  const found = readOrigin(value);
  if (found === undefined) context.addIssue({ code: "custom", message: NOT_AN_ORIGIN });
  return found ?? "";
});

const variables = z.object({
  KINDE_ISSUER_URL: origin,
  KINDE_SITE_URL: origin,
  KINDE_CLIENT_ID: text,
  KINDE_CLIENT_SECRET: text.regex(/^[a-zA-Z0-9]{40,60}$/, NOT_A_SECRET),
  KINDE_AUDIENCE: text.optional(),
  KINDE_M2M_CLIENT_ID: text.optional(),
  KINDE_M2M_CLIENT_SECRET: text.optional(),
  KINDE_M2M_AUDIENCE: text.optional(),
  SUPABASE_URL: origin,
  SUPABASE_PUBLISHABLE_KEY: text.refine((key) => !key.startsWith("sb_secret_"), NOT_PUBLISHABLE),
});
/** If one of the two variables of the machine application is set, the other must be set, too. */
const withMachine = variables.extend({ KINDE_M2M_CLIENT_ID: text, KINDE_M2M_CLIENT_SECRET: text });

/** The settings of the app, by the names of their variables. */
export type Settings = z.infer<typeof variables>;

/**
 * Reads the settings from environment variables.
 *
 * @throws SettingsError whose message names every missing variable. If none is missing, it names
 *   the first wrong one
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(variables.shape).map((name) => [name, environment[name]?.trim() || undefined]),
  );
  const hasMachine = given.KINDE_M2M_CLIENT_ID ?? given.KINDE_M2M_CLIENT_SECRET;
  const { success, data, error } = (hasMachine ? withMachine : variables).safeParse(given);
  if (success) return data;
  const names = error.issues.map(({ path }) => String(path[0]));
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length > 0) throw new SettingsError(`Set ${missing.join(", ")} (see README.md).`);
  throw new SettingsError(`${names[0]} ${error.issues[0]?.message} (see README.md).`);
}

/** The settings of this server, read once. */
export const settings = lazy(() => readSettings(process.env));
