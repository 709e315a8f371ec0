/**
 * The headers with a key. Supabase takes an `sb_` key in `apikey` alone. A legacy key is a JWT, and
 * PostgREST reads it from `Authorization`.
 */
export function keyHeaders(key: string): Record<string, string> {
  return {
    apikey: key,
    ...(!key.startsWith("sb_") && { authorization: `Bearer ${key}` }),
    // Supabase refuses a secret key with the name of a browser.
    "user-agent": "kinde-claims",
  };
}
