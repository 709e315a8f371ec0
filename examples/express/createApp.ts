import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import express, { type Express } from "express";
import { createMemoryDeliveries, createVerifier } from "kinde-claims";
import type { AppConfig } from "./config.ts";
import { createFreshener } from "./freshness/createFreshener.ts";
import { createKindeClient } from "./kinde/kindeClient.ts";
import { loadUser, loadUserIfPossible } from "./kinde/loadUser.ts";
import { createPendingSignIns } from "./kinde/pendingSignIns.ts";
import { createTokenRefresher } from "./kinde/refreshTokens.ts";
import { sendPage } from "./pages/layout.ts";
import { formExpiredPage, notFoundPage, tooManyRequestsPage } from "./pages/problems.ts";
import { profileClaims } from "./profileClaims.ts";
import { createProfileStore } from "./profiles/profileStore.ts";
import { rejectDeletedUsers } from "./profiles/rejectDeletedUsers.ts";
import { answerErrors } from "./routes/answerErrors.ts";
import { apiRoutes } from "./routes/apiRoutes.ts";
import { backOfficeRoutes } from "./routes/backOfficeRoutes.ts";
import { createFreshenResponse } from "./routes/freshenResponse.ts";
import { profileRoutes } from "./routes/profileRoutes.ts";
import { roomRoutes } from "./routes/roomRoutes.ts";
import { signInRoutes } from "./routes/signInRoutes.ts";
import { webhookRoutes } from "./routes/webhookRoutes.ts";
import { requireCsrfToken } from "./web/csrf.ts";
import { limitRequests } from "./web/limitRequests.ts";
import { loadSession } from "./web/loadSession.ts";
import { securityHeaders } from "./web/securityHeaders.ts";
import { memorySessions, type SessionStorage } from "./web/sessionStorage.ts";

/** Of one client, for the sign-in and for the forms each. People behind one address share it. */
const REQUESTS_PER_MINUTE = 300;
/** A page waits for Kinde's keys no longer than this. */
const KEYS_TIMEOUT_MS = 3_000;

/**
 * Builds the Express app. The caller starts listening.
 *
 * @param options.sessions where sessions are kept: in this process unless given
 */
export function createApp(
  config: AppConfig,
  log: (line: string) => void,
  { sessions = memorySessions() }: { sessions?: SessionStorage } = {},
): Express {
  const { url: appUrl, kinde } = config;
  const https = appUrl.startsWith("https:");
  const verifier = createVerifier({
    issuer: kinde.domain,
    claims: profileClaims,
    timeoutMs: KEYS_TIMEOUT_MS,
    ...(kinde.audience ? { audience: kinde.audience } : { clients: [kinde.clientId] }),
  });
  const client = createKindeClient(config);
  const refresh = createTokenRefresher(client);
  const freshener = createFreshener({ kinde, refresh, verifier, log });
  const userParts = { verifier, refresh, orgCode: kinde.orgCode };
  const freshen = createFreshenResponse({ freshener, ...userParts });
  // Without a secret of its own the app is one process, and a restart ends the sign-ins under way.
  const secret = config.sessionSecret ?? randomBytes(32).toString("base64url");
  const pendingSignIns = createPendingSignIns({ secret, https });
  const deliveries = createMemoryDeliveries();
  const rows = createProfileStore(config.supabase);
  const store = rejectDeletedUsers(rows, deliveries.isUserDeleted);
  const webhooks = webhookRoutes({
    issuer: kinde.domain,
    store: rows,
    deliveries,
    endSessions: sessions.endAllOf,
    log,
  });
  const requireCsrf = requireCsrfToken((_req, res) => {
    sendPage(res, "Form", formExpiredPage());
  });

  const limit = () =>
    limitRequests(config.requestsPerMinute ?? REQUESTS_PER_MINUTE, (_req, res) => {
      sendPage(res, "Too many requests", tooManyRequestsPage());
    });
  const load = loadUser(userParts);
  const loadIfPossible = loadUserIfPossible(userParts);
  const signIn = signInRoutes({
    appUrl,
    kinde: client,
    verifier,
    orgCode: kinde.orgCode,
    pendingSignIns,
    store,
    isUserDeleted: deliveries.isUserDeleted,
    requireCsrf,
    log,
  });

  return (
    express()
      .set("trust proxy", config.proxies ?? 0)
      .use(securityHeaders({ issuer: kinde.domain, https }))
      .use(express.static(join(import.meta.dirname, "public"), { index: false, setHeaders: keep }))
      .all("/webhooks/kinde", webhooks)
      .use("/api", apiRoutes(verifier, log))
      .use(["/login", "/register", "/callback", "/logout"], limit())
      .post(/.*/, limit())
      .use(loadSession({ store: sessions.store, secret, https }))
      .use(express.urlencoded({ extended: false, limit: "16kb" }))
      // Signing in and out, and the overview, must work while Kinde's keys cannot be had.
      .use(signIn)
      .use((req, res, next) => (req.path === "/" ? loadIfPossible : load)(req, res, next))
      .use(roomRoutes({ store, freshen, requireCsrf, log }))
      .use(profileRoutes({ store, freshen, requireCsrf, log }))
      .use("/back-office", backOfficeRoutes({ store, freshener, requireCsrf, log }))
      .use((_req, res) => {
        res.status(404);
        sendPage(res, "Not found", notFoundPage());
      })
      .use(answerErrors(log))
  );
}

/** A stylesheet is no secret, unlike the pages, and need not come with every one of them. */
function keep(res: ServerResponse): void {
  res.setHeader("Cache-Control", "public, max-age=3600");
}
