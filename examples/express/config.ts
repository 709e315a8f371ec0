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
    /** The identifier of the app's API in Kinde; without one, `azp` is held against the client id. */
    readonly audience?: string | undefined;
    /**
     * The organization whose permissions count. Permissions are granted per organization in Kinde;
     * without this setting the permissions of every organization count.
     */
    readonly orgCode?: string | undefined;
    /** The machine-to-machine application, for `refresh_claims`. Without it the way is longer. */
    readonly machine?:
      | { readonly clientId: string; readonly clientSecret: string; readonly audience: string }
      | undefined;
  };
  /**
   * Signs the session's cookie, and encrypts the cookie of a sign-in under way. All instances need
   * the same one; without one it is made at start.
   */
  readonly sessionSecret?: string | undefined;
  /** How many proxies of your own stand in front of the app. They name the client's address. */
  readonly proxies?: number | undefined;
  /** Sign-ins and forms that one client may send in a minute, each; 300 unless given. */
  readonly requestsPerMinute?: number | undefined;
  readonly supabase: {
    readonly url: string;
    readonly secretKey: string;
    /** Refuses to change rows: for a look at somebody's project. */
    readonly readOnly?: boolean | undefined;
  };
}

/** A variable is missing or wrong. The message is all the reader needs. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from variables; `examples/express/README.md` lists them.
 *
 * @throws ConfigError naming every variable that is missing, or the one that is no address
 */
export function readAppConfig(variables: Variables): AppConfig {
  const get = (name: string) => variables[name]?.trim() || undefined;
  const missing: string[] = [];
  const malformed: string[] = [];
  const need = (name: string): string => {
    const value = get(name);
    if (value === undefined) missing.push(name);
    return value ?? "";
  };
  const needOrigin = (name: string): string => {
    const value = need(name);
    const origin = readOrigin(value);
    // Nothing of the value is repeated: it may be a key in the wrong place.
    if (value && !origin) malformed.push(name);
    return origin ?? "";
  };
  const sessionSecret = get("SESSION_SECRET");
  const domain = needOrigin("KINDE_DOMAIN");
  const hasMachine = get("KINDE_M2M_CLIENT_ID") ?? get("KINDE_M2M_CLIENT_SECRET");
  const config: AppConfig = {
    url: needOrigin("APP_URL"),
    kinde: {
      domain,
      clientId: need("KINDE_CLIENT_ID"),
      clientSecret: need("KINDE_CLIENT_SECRET"),
      audience: get("KINDE_AUDIENCE"),
      orgCode: get("KINDE_ORG_CODE"),
      machine: hasMachine
        ? {
            clientId: need("KINDE_M2M_CLIENT_ID"),
            clientSecret: need("KINDE_M2M_CLIENT_SECRET"),
            // The management API keeps this name also behind a custom domain.
            audience: get("KINDE_M2M_AUDIENCE") ?? `${domain}/api`,
          }
        : undefined,
    },
    sessionSecret,
    supabase: { url: needOrigin("SUPABASE_URL"), secretKey: need("SUPABASE_SECRET_KEY") },
  };
  if (missing.length > 0) {
    throw new ConfigError(`Set ${missing.join(", ")} (see examples/express/README.md).`);
  }
  if (malformed.length > 0) {
    throw new ConfigError(
      `${malformed.join(" and ")} must be an origin such as https://example.com: https (http for localhost only), and no path.`,
    );
  }
  if (sessionSecret !== undefined && sessionSecret.length < 32) {
    throw new ConfigError("SESSION_SECRET must have at least 32 characters.");
  }
  return config;
}

/**
 * Where to listen: `PORT` and `HOST`.
 *
 * @throws ConfigError
 */
export function readAddress(variables: Variables): { port: number; host: string } {
  const port = variables.PORT?.trim() || "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ConfigError("PORT must be a number up to 65535.");
  }
  return { port: Number(port), host: variables.HOST?.trim() || "127.0.0.1" };
}
