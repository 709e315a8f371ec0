import { z } from "zod";
import { readOrigin } from "./readOrigin.ts";

/** Everything the app has to know, whether Kinde and Supabase are hosted or on this machine. */
export interface AppConfig {
  /** The app's own address, `https://app.example.com`. */
  readonly url: string;
  readonly kinde: {
    /** The Kinde domain, and the `iss` of its tokens. */
    readonly domain: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** The identifier of the app's API in Kinde. Without it, `azp` must be the client id. */
    readonly audience?: string | undefined;
    /**
     * The organization whose permissions count. Permissions are granted per organization in Kinde;
     * without this setting the permissions of every organization count.
     */
    readonly orgCode?: string | undefined;
    /**
     * The machine-to-machine application, for `refresh_claims`. Without it, fresh claims take more
     * steps.
     */
    readonly machine?:
      | { readonly clientId: string; readonly clientSecret: string; readonly audience: string }
      | undefined;
  };
  /**
   * Signs the session's cookie, and encrypts the cookie of a sign-in that is not finished. All
   * instances need the same secret; if it is not set, the app makes one at start.
   */
  readonly sessionSecret?: string | undefined;
  /**
   * How many of your own proxies a request passes before the app. The app reads the client's
   * address from the header `X-Forwarded-For` that they set.
   */
  readonly proxies?: number | undefined;
  /**
   * How many sign-in requests one client may send in a minute, and how many forms. The default for
   * each is 300.
   */
  readonly requestsPerMinute?: number | undefined;
  readonly supabase: {
    readonly url: string;
    /**
     * This key and a user's access token give access to the user's own row. The key is not secret.
     */
    readonly publishableKey: string;
    /**
     * For the back office, the webhooks, the check for deleted users, and the row for
     * `/api/members`. Without it the app has no back office and no webhooks.
     */
    readonly secretKey?: string | undefined;
  };
}

/** A variable is missing or wrong. The message says which one, and what to do. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Variables = Readonly<Record<string, string | undefined>>;

const NO_ORIGIN =
  "must be an origin such as https://example.com: https (http for localhost only), and no path";
const NOT_PUBLISHABLE = "must be the publishable key, but it holds a secret key";
const text = z.string();
const origin = z.string().transform((value, context) => {
  const found = readOrigin(value);
  if (found === undefined) context.addIssue({ code: "custom", message: NO_ORIGIN });
  return found ?? "";
});
const wholeNumber = (most: number, message: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((number) => number <= most, message);

const variablesOfTheApp = z.object({
  KINDE_DOMAIN: origin,
  APP_URL: origin,
  KINDE_CLIENT_ID: text,
  KINDE_CLIENT_SECRET: text,
  KINDE_AUDIENCE: text.optional(),
  KINDE_ORG_CODE: text.optional(),
  KINDE_M2M_CLIENT_ID: text.optional(),
  KINDE_M2M_CLIENT_SECRET: text.optional(),
  KINDE_M2M_AUDIENCE: text.optional(),
  SUPABASE_URL: origin,
  SUPABASE_PUBLISHABLE_KEY: text.refine((key) => !key.startsWith("sb_secret_"), NOT_PUBLISHABLE),
  SUPABASE_SECRET_KEY: text.optional(),
  SESSION_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  TRUST_PROXY: wholeNumber(10, "must be the number of proxies, 0 to 10").optional(),
});
/** If one of these two variables is set, both are needed. */
const withMachine = variablesOfTheApp.extend({
  KINDE_M2M_CLIENT_ID: text,
  KINDE_M2M_CLIENT_SECRET: text,
});
const address = z.object({
  PORT: wholeNumber(65_535, "must be a number up to 65535").default(3000),
  HOST: z.string().default("127.0.0.1"),
});

/** The names of all variables that the app reads. */
export const VARIABLES: readonly string[] = [
  ...Object.keys(variablesOfTheApp.shape),
  ...Object.keys(address.shape),
];

/**
 * Reads the configuration from variables; `examples/express/README.md` lists them.
 *
 * @throws ConfigError whose message names every missing variable. If none is missing, it names the
 *   variables that have the first problem found
 */
export function readAppConfig(variables: Variables): AppConfig {
  const given = withoutBlanks(variables);
  const hasMachine = given.KINDE_M2M_CLIENT_ID ?? given.KINDE_M2M_CLIENT_SECRET;
  const read = parse(hasMachine === undefined ? variablesOfTheApp : withMachine, given);
  return {
    url: read.APP_URL,
    kinde: {
      domain: read.KINDE_DOMAIN,
      clientId: read.KINDE_CLIENT_ID,
      clientSecret: read.KINDE_CLIENT_SECRET,
      audience: read.KINDE_AUDIENCE,
      orgCode: read.KINDE_ORG_CODE,
      machine:
        read.KINDE_M2M_CLIENT_ID === undefined || read.KINDE_M2M_CLIENT_SECRET === undefined
          ? undefined
          : {
              clientId: read.KINDE_M2M_CLIENT_ID,
              clientSecret: read.KINDE_M2M_CLIENT_SECRET,
              // With a custom domain, the audience still has the kinde.com domain, so
              // KINDE_M2M_AUDIENCE must set it.
              audience: read.KINDE_M2M_AUDIENCE ?? `${read.KINDE_DOMAIN}/api`,
            },
    },
    sessionSecret: read.SESSION_SECRET,
    proxies: read.TRUST_PROXY,
    supabase: {
      url: read.SUPABASE_URL,
      publishableKey: read.SUPABASE_PUBLISHABLE_KEY,
      secretKey: read.SUPABASE_SECRET_KEY,
    },
  };
}

/**
 * Reads where to listen: `PORT` and `HOST`.
 *
 * @throws ConfigError
 */
export function readAddress(variables: Variables): { port: number; host: string } {
  const { PORT, HOST } = parse(address, withoutBlanks(variables));
  return { port: PORT, host: HOST };
}

function withoutBlanks(variables: Variables): Variables {
  const trimmed = Object.entries(variables).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}

/**
 * Parses the variables. An error names the variable and the problem, but does not repeat the value,
 * because the value may be a secret key in the wrong variable.
 */
function parse<T>(schema: z.ZodType<T>, given: Variables): T {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const nameOf = (issue: z.core.$ZodIssue) => String(issue.path[0]);
  const missing = error.issues.map(nameOf).filter((name) => given[name] === undefined);
  if (missing.length > 0) {
    throw new ConfigError(`Set ${missing.join(", ")} (see examples/express/README.md).`);
  }
  const message = error.issues[0]?.message ?? "cannot be read";
  const wrong = error.issues.filter((issue) => issue.message === message).map(nameOf);
  throw new ConfigError(`${wrong.join(" and ")} ${message}.`);
}
