import { createVerifier } from "kinde-claims";
import { profileClaims } from "@/lib/claims/profileClaims";
import { lazy } from "@/lib/lazy";
import { settings } from "@/lib/settings";

/** How long a page waits for Kinde's keys. */
const TIMEOUT_MS = 3_000;

/** Verifies access tokens. The verifier keeps Kinde's keys, so the whole server shares one. */
export const verifier = lazy(() => {
  const { KINDE_ISSUER_URL, KINDE_CLIENT_ID, KINDE_AUDIENCE } = settings();
  return createVerifier({
    issuer: KINDE_ISSUER_URL,
    claims: profileClaims,
    timeoutMs: TIMEOUT_MS,
    // Kinde's SDK reads several audiences from this variable, separated by spaces.
    ...(KINDE_AUDIENCE ? { audience: KINDE_AUDIENCE.split(/ +/) } : { clients: [KINDE_CLIENT_ID] }),
  });
});
