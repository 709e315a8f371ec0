/**
 * Returns the headers with a key. Supabase accepts an `sb_` key only in `apikey`. A legacy key is a
 * JWT, and PostgREST reads it from `Authorization`.
 */
export function keyHeaders(key: string): Record<string, string> {
  return {
    apikey: key,
    ...(!key.startsWith("sb_") && { authorization: `Bearer ${key}` }),
    // Supabase refuses a secret key if the user agent is that of a browser.
    "user-agent": "kinde-claims",
  };
}
