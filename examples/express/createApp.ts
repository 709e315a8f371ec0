import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import express, { type Express, Router } from "express";
import { createVerifier } from "kinde-claims";
import type { AppConfig } from "./config.ts";
import { createFreshener } from "./freshness/createFreshener.ts";
import { createKindeClient } from "./kinde/kindeClient.ts";
import { loadUser, loadUserIfPossible } from "./kinde/loadUser.ts";
import { createPendingSignIns } from "./kinde/pendingSignIns.ts";
import { createTokenRefresher } from "./kinde/refreshTokens.ts";
import { BACK_OFFICE, sendPage } from "./pages/layout.ts";
import { formExpiredPage, notFoundPage, tooManyRequestsPage } from "./pages/problems.ts";
import { profileClaims } from "./profileClaims.ts";
import { confirmByRow } from "./profiles/confirmByRow.ts";
import type { OpenProfile } from "./profiles/ownProfile.ts";
import { createProfileAccess } from "./profiles/profileAccess.ts";
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

/**
 * How many sign-in requests one client may send, and how many forms. All users behind one address
 * count as one client.
 */
const REQUESTS_PER_MINUTE = 300;
/** How long a page waits for Kinde's keys. */
const KEYS_TIMEOUT_MS = 3_000;
const NO_SECRET_KEY =
  "SUPABASE_SECRET_KEY is not set: the app runs without the back office and without webhooks.";

/**
 * Builds the Express app. The caller starts listening.
 *
 * @param options.sessions where sessions are stored; in this process if it is not set
 * @param options.openProfile opens a user's row; with the user's access token if it is not set
 */
export function createApp(
  config: AppConfig,
  log: (line: string) => void,
  options: { sessions?: SessionStorage; openProfile?: OpenProfile | undefined } = {},
): Express {
  const { url: appUrl, kinde } = config;
  const { sessions = memorySessions() } = options;
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
  // Without a configured secret, each process makes its own: the app cannot have several instances,
  // and a restart ends all sessions and all sign-ins that are not finished.
  const secret = config.sessionSecret ?? randomBytes(32).toString("base64url");
  const pendingSignIns = createPendingSignIns({ secret, https });
  const access = createProfileAccess(config.supabase, options.openProfile);
  const { openProfile, admin } = access;
  if (!admin) log(NO_SECRET_KEY);
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
    openProfile,
    isUserDeleted: access.isUserDeleted,
    requireCsrf,
    log,
  });
  const webhooks = admin
    ? webhookRoutes({ issuer: kinde.domain, ...admin, endSessions: sessions.endAllOf, log })
    : Router();
  const backOffice = admin
    ? backOfficeRoutes({ profiles: admin.profiles, freshener, requireCsrf, log })
    : Router();

  return (
    express()
      .set("trust proxy", config.proxies ?? 0)
      .use(securityHeaders({ issuer: kinde.domain, https }))
      .use(express.static(join(import.meta.dirname, "public"), { index: false, setHeaders: keep }))
      .set(BACK_OFFICE, admin !== undefined)
      .all("/webhooks/kinde", webhooks)
      .use("/api", apiRoutes(verifier, log, admin && confirmByRow(admin.profiles, log)))
      .use(["/login", "/register", "/callback", "/logout"], limit())
      .post(/.*/, limit())
      .use(loadSession({ store: sessions.store, secret, https }))
      .use(express.urlencoded({ extended: false, limit: "16kb" }))
      // A browser must be able to begin a sign-in, sign out and open the overview while Kinde's
      // keys cannot be fetched.
      .use(signIn)
      .use((req, res, next) => (req.path === "/" ? loadIfPossible : load)(req, res, next))
      .use(roomRoutes({ openProfile, freshen, requireCsrf, log }))
      .use(profileRoutes({ openProfile, freshen, requireCsrf, log }))
      .use("/back-office", backOffice)
      .use((_req, res) => {
        res.status(404);
        sendPage(res, "Not found", notFoundPage());
      })
      .use(answerErrors(log))
  );
}

/** The stylesheet and the icon are not secret, unlike the pages, so browsers may cache them. */
function keep(res: ServerResponse): void {
  res.setHeader("Cache-Control", "public, max-age=3600");
}
