import type { Project } from "../_shared/readProject.ts";

/** Supabase did not do what was asked. The message holds no key and no id. */
class RowError extends Error {
  override name = "RowError";
}

/**
 * The rows of all users in `public.profiles`. Every method throws `RowError` if Supabase refuses or
 * does not answer.
 */
export interface ProfileRows {
  /** Makes a user's row if it does not exist. An existing row stays as it is. */
  ensure(userId: string): Promise<void>;
  remove(userId: string): Promise<void>;
}

/**
 * The limit of one request. Kinde waits while the function handles an event, and the function may
 * need six requests for it.
 */
const LIMIT_MS = 3_000;

/** Creates the access to the rows, by plain requests to the Data API with the secret key. */
export function createProfileRows(
  { url, secretKey }: Project,
  { fetch = globalThis.fetch }: { readonly fetch?: typeof globalThis.fetch } = {},
): ProfileRows {
  async function send(doing: string, query: string, init: RequestInit): Promise<void> {
    const request = new Request(`${url}/rest/v1/profiles?${query}`, {
      ...init,
      headers: { ...keyHeaders(secretKey), ...(init.headers as Record<string, string>) },
      // A redirect would send the key to another address.
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const response = await fetch(request).catch(() => undefined);
    if (response?.ok) return void (await response.body?.cancel());
    throw new RowError(`${doing} failed (${await describe(response)})`);
  }

  return {
    ensure: (userId) =>
      send("making the profile", "on_conflict=kinde_id", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          prefer: "resolution=ignore-duplicates,return=minimal",
        },
        body: JSON.stringify({ kinde_id: userId }),
      }),
    remove: (userId) =>
      send("removing the profile", `kinde_id=eq.${encodeURIComponent(userId)}`, {
        method: "DELETE",
        headers: { prefer: "return=minimal" },
      }),
  };
}

/** A legacy key is a JWT and also goes into `Authorization`; an `sb_` key must not. */
function keyHeaders(key: string): Record<string, string> {
  return key.startsWith("sb_") ? { apikey: key } : { apikey: key, authorization: `Bearer ${key}` };
}

/** The code, or the status if there is no code. Messages and details can hold the id. */
async function describe(response: Response | undefined): Promise<string> {
  if (!response) return "no answer";
  const body: unknown = await response.json().catch(() => null);
  const { code } = Object(body) as { code?: unknown };
  return typeof code === "string" && /^\w{1,20}$/.test(code) ? code : String(response.status);
}
