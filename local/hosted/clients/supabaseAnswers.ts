import { z } from "zod";

// The properties that we read from answers of Supabase's Management API. All others are ignored.

export const project = z.object({
  name: z.string(),
  /** `ACTIVE_HEALTHY`, `INACTIVE` (paused), … */
  status: z.string(),
  region: z.string(),
  database: z.object({ host: z.string(), version: z.string() }).partial().optional(),
});
export type Project = z.infer<typeof project>;

export const postgrestSettings = z.object({
  /** The exposed schemas, separated by commas. Empty when the Data API is off. */
  db_schema: z.string(),
  db_extra_search_path: z.string(),
  max_rows: z.number(),
});
export type PostgrestSettings = z.infer<typeof postgrestSettings>;

export const apiKey = z.object({
  id: z.string().nullish(),
  name: z.string(),
  /** `publishable`, `secret` or `legacy`. */
  type: z.string().nullish(),
  description: z.string().nullish(),
  secret_jwt_template: z.record(z.string(), z.unknown()).nullish(),
  /** The value of the key. A secret key is masked, unless the request asked to reveal it. */
  api_key: z.string().nullish(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const edgeFunction = z.object({
  slug: z.string(),
  status: z.string(),
  version: z.number(),
  verify_jwt: z.boolean().optional(),
  updated_at: z.number(),
});
export type EdgeFunction = z.infer<typeof edgeFunction>;

/**
 * The value is a digest of the secret: the SHA-256 in hexadecimal digits, as far as is known
 * (setup/steps/secretDigests.ts).
 */
export const storedSecret = z.object({ name: z.string(), value: z.string() });
export type StoredSecret = z.infer<typeof storedSecret>;

export const thirdPartyAuth = z.object({
  id: z.string(),
  oidc_issuer_url: z.string().nullish(),
  resolved_jwks: z.unknown(),
  resolved_at: z.string().nullish(),
});
export type ThirdPartyAuth = z.infer<typeof thirdPartyAuth>;

export const lint = z.object({
  name: z.string(),
  level: z.string(),
  detail: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type Lint = z.infer<typeof lint>;
