import { settings } from "@/lib/settings";

const TIMEOUT_MS = 3_000;

/**
 * Whether Kinde answers. The app checks this before it sends a browser to Kinde, because the
 * browser's own error page would not help the user.
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
