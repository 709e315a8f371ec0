import { fileURLToPath } from "node:url";
import { createKindeManagement, type KindeManagement } from "./clients/kindeManagement.ts";
import { createSupabaseManagement, type SupabaseManagement } from "./clients/supabaseManagement.ts";
import type { HostedSettings } from "./settings.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** What a step or a check works with. */
export interface World {
  readonly settings: HostedSettings;
  /** The folder that holds `supabase/` and `kinde.json`. */
  readonly repository: string;
  /** Undefined without an access token and a project ref. */
  readonly supabase: SupabaseManagement | undefined;
  /** Undefined without a domain and a machine application. */
  readonly kinde: KindeManagement | undefined;
  readonly signal: AbortSignal | undefined;
}

export function createWorld(
  settings: HostedSettings,
  options: {
    readonly repository?: string;
    readonly signal?: AbortSignal;
    readonly timeLimitMs?: number;
    readonly onWait?: (text: string) => void;
  } = {},
): World {
  const { repository = REPOSITORY, signal, timeLimitMs, onWait } = options;
  const shared = { signal, timeLimitMs, onWait };
  const { SUPABASE_ACCESS_TOKEN, SUPABASE_PROJECT_REF, SUPABASE_API_URL } = settings;
  const { KINDE_DOMAIN, KINDE_M2M_CLIENT_ID, KINDE_M2M_CLIENT_SECRET } = settings;
  return {
    settings,
    repository,
    signal,
    supabase:
      SUPABASE_ACCESS_TOKEN && SUPABASE_PROJECT_REF
        ? createSupabaseManagement({
            accessToken: SUPABASE_ACCESS_TOKEN,
            ref: SUPABASE_PROJECT_REF,
            url: SUPABASE_API_URL,
            ...shared,
          })
        : undefined,
    kinde:
      KINDE_DOMAIN && KINDE_M2M_CLIENT_ID && KINDE_M2M_CLIENT_SECRET
        ? createKindeManagement({
            domain: KINDE_DOMAIN,
            clientId: KINDE_M2M_CLIENT_ID,
            clientSecret: KINDE_M2M_CLIENT_SECRET,
            audience: settings.KINDE_M2M_AUDIENCE,
            ...shared,
          })
        : undefined,
  };
}

/** The client of a step whose settings were checked before. */
export function supabaseOf({ supabase }: World): SupabaseManagement {
  if (supabase === undefined)
    throw new Error("The `needs` of this step or check must list the settings of Supabase.");
  return supabase;
}

/** The client of a step whose settings were checked before. */
export function kindeOf({ kinde }: World): KindeManagement {
  if (kinde === undefined)
    throw new Error("The `needs` of this step or check must list the settings of Kinde.");
  return kinde;
}

/** A setting of a step whose settings were checked before. */
export function settingOf<Name extends keyof HostedSettings>(
  { settings }: Pick<World, "settings">,
  name: Name,
): NonNullable<HostedSettings[Name]> {
  const value = settings[name];
  if (value === undefined || value === null)
    throw new Error(`The "needs" of this step or check must list ${name}.`);
  return value;
}
