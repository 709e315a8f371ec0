import { env } from "$env/dynamic/private";
import { z } from "zod";
import { once } from "./once.ts";

/** A variable is missing or wrong. The message names it, and says what to do. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** The path to which Kinde sends the browser back after a sign-in. */
const CALLBACK_PATH = "/api/auth/kinde_callback";

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);
const NO_ORIGIN =
  "must be an origin such as https://example.com: https (http for localhost only), without a path and without a slash at the end";
// Kinde's SDK refuses any other secret, and writes it into its error message.
const NOT_A_SECRET = "must be the client secret from Kinde: 40 to 60 letters and digits";
const text = z.string();
const origin = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOCAL.has(url.hostname));
  return isSafe && url.origin === value;
}, NO_ORIGIN);

const schema = z.object({
  ORIGIN: origin,
  KINDE_ISSUER_URL: origin,
  KINDE_CLIENT_ID: text,
  KINDE_CLIENT_SECRET: text.regex(/^[a-zA-Z0-9]{40,60}$/, NOT_A_SECRET),
  KINDE_REDIRECT_URL: text,
  KINDE_POST_LOGOUT_REDIRECT_URL: text,
  KINDE_M2M_CLIENT_ID: text.optional(),
  KINDE_M2M_CLIENT_SECRET: text.optional(),
  KINDE_M2M_AUDIENCE: text.optional(),
  SUPABASE_URL: origin,
  SUPABASE_PUBLISHABLE_KEY: text.refine(
    (key) => !key.startsWith("sb_secret_"),
    "must be the publishable key, but it holds a secret key",
  ),
});
const withMachine = schema.extend({ KINDE_M2M_CLIENT_ID: text, KINDE_M2M_CLIENT_SECRET: text });

type Settings = z.infer<typeof schema>;
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @throws SettingsError whose message names every missing variable. If none is missing, it names
 *   the variables that have the first problem found
 */
function readSettings(variables: Variables): Settings {
  const given: Variables = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value?.trim()),
  );
  const hasMachine = given.KINDE_M2M_CLIENT_ID ?? given.KINDE_M2M_CLIENT_SECRET;
  const read = (hasMachine === undefined ? schema : withMachine).safeParse(given);
  if (!read.success) throw new SettingsError(describe(read.error, given));
  const { ORIGIN, KINDE_REDIRECT_URL, KINDE_POST_LOGOUT_REDIRECT_URL } = read.data;
  if (KINDE_REDIRECT_URL !== ORIGIN + CALLBACK_PATH) {
    throw new SettingsError(`KINDE_REDIRECT_URL must be ${ORIGIN}${CALLBACK_PATH}.`);
  }
  if (![ORIGIN, `${ORIGIN}/`].includes(KINDE_POST_LOGOUT_REDIRECT_URL)) {
    throw new SettingsError(`KINDE_POST_LOGOUT_REDIRECT_URL must be ${ORIGIN}.`);
  }
  // Kinde's SDK marks its cookies as Secure in production only.
  if (ORIGIN.startsWith("https:") && process.env.NODE_ENV !== "production") {
    throw new SettingsError("NODE_ENV must be production when ORIGIN begins with https.");
  }
  return read.data;
}

/** Says what is wrong, but repeats no value: it may be a secret key in the wrong variable. */
function describe({ issues }: z.ZodError, given: Variables): string {
  const nameOf = (issue: z.core.$ZodIssue) => String(issue.path[0]);
  const missing = issues.map(nameOf).filter((name) => given[name] === undefined);
  if (missing.length > 0) return `Set ${missing.join(", ")} (see README.md).`;
  const message = issues[0]?.message ?? "cannot be read";
  const wrong = issues.filter((issue) => issue.message === message).map(nameOf);
  return `${wrong.join(" and ")} ${message}.`;
}

/** The settings, read once. A build has no variables, so nothing is read while a module loads. */
export const settings = once((): Settings => readSettings(env));
