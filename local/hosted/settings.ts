import { z } from "zod";
import { readVariables } from "../command/envFile.ts";
import { UsageError } from "../command/errors.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

/**
 * An https URL without path and query. A slash at its end is removed. Plain http is for servers on
 * this machine.
 */
const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || LOOPBACK.has(url?.hostname ?? "");
  if (url && isSafe && url.pathname === "/" && url.search + url.hash + url.username === "") {
    return url.origin;
  }
  context.addIssue({ code: "custom", message: "must be an https URL without a path" });
  return z.NEVER;
});

const address = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });
const seconds = z.coerce
  .number({ error: "must be a number of seconds" })
  .int()
  .min(60, { error: "must be at least 60 seconds" })
  .max(2_592_000, { error: "must be at most 30 days" });

/** The variables of the settings file. `.env.hosted.example` explains each of them. */
const variables = z.object({
  SUPABASE_ACCESS_TOKEN: z.string().optional(),
  SUPABASE_PROJECT_REF: z
    .string()
    .regex(/^[a-z]{20}$/, { error: "must be 20 lower-case letters, as in the dashboard's address" })
    .optional(),
  SUPABASE_URL: origin.optional(),
  /**
   * The connection string of the database. If it is set, the Supabase CLI applies the migrations.
   */
  SUPABASE_DB_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^:@/]+@/, {
      error: "must be a postgresql:// URL with a user and without the password",
    })
    .optional(),
  SUPABASE_DB_PASSWORD: z.string().optional(),
  /**
   * The doctor needs these two keys only without an access token. With one, it reads the keys from
   * Supabase.
   */
  SUPABASE_PUBLISHABLE_KEY: z.string().optional(),
  SUPABASE_SECRET_KEY: z.string().optional(),
  SUPABASE_API_URL: origin.default("https://api.supabase.com"),
  SUPABASE_ROLE_CLAIM: z
    .literal("authenticated", { error: 'must be "authenticated", or absent' })
    .optional(),
  KINDE_DOMAIN: origin.optional(),
  KINDE_M2M_CLIENT_ID: z.string().optional(),
  KINDE_M2M_CLIENT_SECRET: z.string().optional(),
  KINDE_M2M_AUDIENCE: z.string().optional(),
  KINDE_CLIENT_ID: z.string().optional(),
  APP_URL: origin.optional(),
  WEBHOOK_URL: z.union([z.literal("function"), address]).optional(),
  ACCESS_TOKEN_LIFETIME: seconds.optional(),
});

/** What the set-up and the doctor know about the hosted project. Every part may be absent. */
export type HostedSettings = Readonly<z.infer<typeof variables>>;
export type SettingName = keyof HostedSettings;

/** The settings that must not appear in any output. */
export const SECRET_SETTINGS = [
  "SUPABASE_ACCESS_TOKEN",
  "SUPABASE_DB_PASSWORD",
  "SUPABASE_SECRET_KEY",
  "KINDE_M2M_CLIENT_SECRET",
] as const satisfies readonly SettingName[];

/**
 * Reads the settings from the file, or from the environment if no file is named.
 *
 * @throws UsageError that names every wrong variable, without its value
 */
export function readHostedSettings(envFile: string | undefined): HostedSettings {
  const found = Object.entries(readVariables(envFile))
    // In a copy of the example file, a variable without a value is not set.
    .filter(([, value]) => value !== undefined && value.trim() !== "")
    .map(([name, value]) => [name, value?.trim()]);
  const result = variables.safeParse(Object.fromEntries(found));
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    const place = envFile === undefined ? "the environment" : envFile;
    throw new UsageError(
      `The settings in ${place} cannot be used: ${problems.join("; ")}. See .env.hosted.example.`,
    );
  }
  const settings = result.data;
  const ref = settings.SUPABASE_PROJECT_REF;
  if (settings.SUPABASE_URL !== undefined || ref === undefined) return settings;
  return { ...settings, SUPABASE_URL: `https://${ref}.supabase.co` };
}
