import { createManagementClient, createVerifier } from "kinde-claims";
import { profileClaims } from "../../claims.ts";
import { once } from "../once.ts";
import { settings } from "../settings.ts";

/** How long one request to Kinde may take. The limit is short, because a page waits for it. */
export const TIMEOUT_MS = 3_000;

/** Verifies access tokens of this app. */
export const verifier = once(() =>
  createVerifier({
    issuer: settings().KINDE_ISSUER_URL,
    clients: [settings().KINDE_CLIENT_ID],
    claims: profileClaims,
    timeoutMs: TIMEOUT_MS,
  }),
);

/** Kinde's Management API, for `refresh_claims`. Undefined without a machine application. */
export const management = once(() => {
  const { KINDE_ISSUER_URL, KINDE_M2M_CLIENT_ID, KINDE_M2M_CLIENT_SECRET } = settings();
  if (KINDE_M2M_CLIENT_ID === undefined || KINDE_M2M_CLIENT_SECRET === undefined) return undefined;
  return createManagementClient({
    domain: KINDE_ISSUER_URL,
    clientId: KINDE_M2M_CLIENT_ID,
    clientSecret: KINDE_M2M_CLIENT_SECRET,
    timeoutMs: TIMEOUT_MS,
    // With a custom domain, the audience still has the kinde.com domain, so KINDE_M2M_AUDIENCE must
    // set it.
    audience: settings().KINDE_M2M_AUDIENCE ?? `${KINDE_ISSUER_URL}/api`,
  });
});
