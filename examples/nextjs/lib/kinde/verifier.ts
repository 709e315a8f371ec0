import { createVerifier } from "kinde-claims";
import { profileClaims } from "@/lib/claims/profileClaims";
import { lazy } from "@/lib/lazy";
import { settings } from "@/lib/settings";

/** A page waits for Kinde's keys no longer than this. */
const TIMEOUT_MS = 3_000;

/** Verifies access tokens. It keeps Kinde's keys, so there is one for the whole server. */
export const verifier = lazy(() => {
  const { KINDE_ISSUER_URL, KINDE_CLIENT_ID, KINDE_AUDIENCE } = settings();
  return createVerifier({
    issuer: KINDE_ISSUER_URL,
    claims: profileClaims,
    timeoutMs: TIMEOUT_MS,
    // Kinde's SDK asks for several audiences, separated by spaces.
    ...(KINDE_AUDIENCE ? { audience: KINDE_AUDIENCE.split(/ +/) } : { clients: [KINDE_CLIENT_ID] }),
  });
});
