import { join } from "node:path";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { AppConfig } from "./config.ts";
import { createFreshener } from "./freshness/createFreshener.ts";
import { loadUser } from "./kinde/loadUser.ts";
import { createSdk } from "./kinde/sdk.ts";
import { sendPage } from "./pages/layout.ts";
import {
  badRequestPage,
  brokenPage,
  formExpiredPage,
  kindeUnavailablePage,
  notFoundPage,
  unavailablePage,
} from "./pages/problems.ts";
import { ProfileStoreError } from "./profiles/profile.ts";
import { createProfileStore } from "./profiles/profileStore.ts";
import { apiRoutes } from "./routes/apiRoutes.ts";
import { backOfficeRoutes } from "./routes/backOfficeRoutes.ts";
import { createFreshenResponse } from "./routes/freshenResponse.ts";
import { profileRoutes } from "./routes/profileRoutes.ts";
import { RETRY_S, roomRoutes } from "./routes/roomRoutes.ts";
import { signInRoutes } from "./routes/signInRoutes.ts";
import { TokenError } from "./tokens/tokenError.ts";
import { createAccessTokenVerifier } from "./tokens/verifyAccessToken.ts";
import { requireCsrfToken } from "./web/csrf.ts";
import { loadSession, sessionCookie } from "./web/loadSession.ts";
import { securityHeaders } from "./web/securityHeaders.ts";
import { createSessionStore } from "./web/sessions.ts";
import { createWebhookVerifier } from "./webhooks/verifyWebhook.ts";
import { createWebhookMemory } from "./webhooks/webhookMemory.ts";
import { webhookReceiver } from "./webhooks/webhookReceiver.ts";

/** The whole app, to be listened with. */
export function createApp(config: AppConfig, log: (line: string) => void): Express {
  const { url: appUrl, kinde } = config;
  const https = appUrl.startsWith("https:");
  const verify = createAccessTokenVerifier({
    issuer: kinde.domain,
    audience: kinde.audience,
    clients: kinde.audience ? undefined : [kinde.clientId],
  });
  const store = createProfileStore(config.supabase);
  const sdk = createSdk(config);
  const freshener = createFreshener({ config, sdk, verify, log });
  const freshen = createFreshenResponse({ freshener, verify, sdk });
  const sessions = createSessionStore();
  const cookie = sessionCookie(https);
  const memory = createWebhookMemory();
  const requireCsrf = requireCsrfToken((_req, res) => {
    sendPage(res, "Form", formExpiredPage());
  });

  const onError: ErrorRequestHandler = (error, req, res, _next) => {
    const kindeIsAway = error instanceof TokenError;
    if (kindeIsAway || error instanceof ProfileStoreError) {
      log(`unavailable reason=${JSON.stringify(error.message)}`);
      res.status(503).set("Retry-After", String(RETRY_S));
      // A form that was posted must not be posted again unasked.
      const path = req.method === "GET" ? req.originalUrl : req.path;
      if (req.method === "GET") res.set("Refresh", String(RETRY_S));
      sendPage(res, "Not now", (kindeIsAway ? kindeUnavailablePage : unavailablePage)(path));
      return;
    }
    const { status } = Object(error) as { status?: unknown };
    if (typeof status === "number" && status >= 400 && status < 500) {
      res.status(status);
      sendPage(res, "Bad request", badRequestPage());
      return;
    }
    log(`error: ${error instanceof Error ? error.stack : error}`);
    res.status(500);
    sendPage(res, "Error", brokenPage());
  };

  return express()
    .disable("x-powered-by")
    .use(securityHeaders({ issuer: kinde.domain, https }))
    .use(express.static(join(import.meta.dirname, "public"), { maxAge: "1h", index: false }))
    .use(
      "/webhooks/kinde",
      webhookReceiver({ verify: createWebhookVerifier(kinde.domain), store, memory, log }),
    )
    .use("/api", apiRoutes(verify, log))
    .use(loadSession(sessions, cookie))
    .use(loadUser({ verify, sdk }))
    .use(express.urlencoded({ extended: false, limit: "16kb" }))
    .use(signInRoutes({ appUrl, sdk, verify, sessions, cookie, store, requireCsrf, log }))
    .use(roomRoutes(store, freshen))
    .use(profileRoutes({ store, freshen, requireCsrf }))
    .use("/back-office", backOfficeRoutes({ store, freshener, requireCsrf, log }))
    .use((_req, res) => {
      res.status(404);
      sendPage(res, "Not found", notFoundPage());
    })
    .use(onError);
}
