import type { RequestOptions } from "../options/RequestOptions.ts";

/** A Supabase project, and a key that may do everything in it. For servers only. */
export interface SupabaseOptions extends RequestOptions {
  /** The address of the project, `https://abcdefghijklmnopqrst.supabase.co`. */
  readonly url: string;
  /** A secret key, `sb_secret_…`, or the older `service_role` key. */
  readonly secretKey: string;
}
