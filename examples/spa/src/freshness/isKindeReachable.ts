const LIMIT_MS = 4_000;

/**
 * Whether Kinde answers at all. The app asks before it sends the browser there: a browser that
 * leaves for a server that is away shows a page of its own, with no way back.
 */
export async function isKindeReachable(domain: string): Promise<boolean> {
  try {
    await fetch(`${domain}/.well-known/openid-configuration`, {
      // The answer stays unread, so it needs no permission of Kinde (CORS).
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return true;
  } catch {
    return false;
  }
}
