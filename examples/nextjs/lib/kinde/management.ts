import { createManagementClient } from "kinde-claims";
import { lazy } from "@/lib/lazy";
import { settings } from "@/lib/settings";

/** How long one request to Kinde may take. Two fit into the limit of `bringFreshClaims`. */
export const TIMEOUT_MS = 3_000;

/** Kinde's Management API, or undefined without a machine application. */
export const management = lazy(() => {
  const given = settings();
  if (!given.KINDE_M2M_CLIENT_ID || !given.KINDE_M2M_CLIENT_SECRET) return undefined;
  return createManagementClient({
    domain: given.KINDE_ISSUER_URL,
    clientId: given.KINDE_M2M_CLIENT_ID,
    clientSecret: given.KINDE_M2M_CLIENT_SECRET,
    audience: given.KINDE_M2M_AUDIENCE,
    timeoutMs: TIMEOUT_MS,
  });
});
