const LIMIT_MS = 4_000;

/**
 * Whether Kinde answers at all. The app checks this before it sends the browser to Kinde. If Kinde
 * does not answer, the browser would show its own error page, from which no link leads back.
 */
export async function isKindeReachable(domain: string): Promise<boolean> {
  try {
    await fetch(`${domain}/.well-known/openid-configuration`, {
      // The app does not read the answer, so the request works without Kinde's permission (CORS).
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
