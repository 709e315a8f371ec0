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
    /** The machine-to-machine application, for `refresh_claims`. Without it the way is longer. */
    readonly machine?:
      | { readonly clientId: string; readonly clientSecret: string; readonly audience: string }
      | undefined;
  };
  readonly supabase: { readonly url: string; readonly secretKey: string };
}

/** A variable is missing or wrong. The message is all the reader needs. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from variables; `app/README.md` lists them.
 *
 * @throws ConfigError naming every variable that is missing
 */
export function readAppConfig(variables: Variables): AppConfig {
  const get = (name: string) => variables[name]?.trim() || undefined;
  const missing: string[] = [];
  const need = (name: string): string => {
    const value = get(name);
    if (value === undefined) missing.push(name);
    return value ?? "";
  };
  const domain = need("KINDE_DOMAIN").replace(/\/+$/, "");
  const machineId = get("KINDE_M2M_CLIENT_ID");
  const config: AppConfig = {
    url: need("APP_URL").replace(/\/+$/, ""),
    kinde: {
      domain,
      clientId: need("KINDE_CLIENT_ID"),
      clientSecret: need("KINDE_CLIENT_SECRET"),
      audience: get("KINDE_AUDIENCE"),
      machine: machineId
        ? {
            clientId: machineId,
            clientSecret: need("KINDE_M2M_CLIENT_SECRET"),
            // The management API keeps this name also behind a custom domain.
            audience: get("KINDE_M2M_AUDIENCE") ?? `${domain}/api`,
          }
        : undefined,
    },
    supabase: { url: need("SUPABASE_URL"), secretKey: need("SUPABASE_SECRET_KEY") },
  };
  if (missing.length > 0) {
    throw new ConfigError(`Set ${missing.join(", ")} (see app/README.md).`);
  }
  for (const [name, value] of Object.entries({ APP_URL: config.url, KINDE_DOMAIN: domain })) {
    if (!/^https?:\/\/[^/]+$/.test(value)) {
      throw new ConfigError(
        `${name} must be an origin such as https://example.com, without a path.`,
      );
    }
  }
  return config;
}
