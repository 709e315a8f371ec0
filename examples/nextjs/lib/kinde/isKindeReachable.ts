import { settings } from "@/lib/settings";

const TIMEOUT_MS = 3_000;

/**
 * Checks whether Kinde answers before a browser is sent there, because the browser's own error page
 * does not help.
 */
export async function isKindeReachable(): Promise<boolean> {
  try {
    const response = await fetch(
      `${settings().KINDE_ISSUER_URL}/.well-known/openid-configuration`,
      { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    return response.status < 500;
  } catch {
    return false;
  }
}
