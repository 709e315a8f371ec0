/** The variables that the project's edge functions read and that the caller gives. */
export interface FunctionSettings {
  readonly KINDE_DOMAIN: string;
  readonly KINDE_M2M_CLIENT_ID: string;
  readonly KINDE_M2M_CLIENT_SECRET: string;
  readonly KINDE_M2M_AUDIENCE?: string;
  /** The secret that a request to `refresh-claims` must have. */
  readonly REFRESH_CLAIMS_SECRET: string;
}

/**
 * All variables that a function may read. Those of Supabase have the same names on hosted projects.
 */
export const VARIABLES = [
  "KINDE_DOMAIN",
  "KINDE_M2M_CLIENT_ID",
  "KINDE_M2M_CLIENT_SECRET",
  "KINDE_M2M_AUDIENCE",
  "REFRESH_CLAIMS_SECRET",
  "SUPABASE_URL",
  "SUPABASE_SECRET_KEYS",
  "SUPABASE_SERVICE_ROLE_KEY",
] as const;
