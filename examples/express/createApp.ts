import type { ServerResponse } from "node:http";
import { join } from "node:path";
import express, { type Express } from "express";
import type { AppConfig } from "./config.ts";
import { createFreshener } from "./freshness/createFreshener.ts";
import { loadUser } from "./kinde/loadUser.ts";
import { createSdk } from "./kinde/sdk.ts";
import { sendPage } from "./pages/layout.ts";
import { formExpiredPage, notFoundPage } from "./pages/problems.ts";
import { keepDeletedOut } from "./profiles/keepDeletedOut.ts";
import { createProfileStore } from "./profiles/profileStore.ts";
import { answerErrors } from "./routes/answerErrors.ts";
import { apiRoutes } from "./routes/apiRoutes.ts";
import { backOfficeRoutes } from "./routes/backOfficeRoutes.ts";
import { createFreshenResponse } from "./routes/freshenResponse.ts";
import { profileRoutes } from "./routes/profileRoutes.ts";
import { roomRoutes } from "./routes/roomRoutes.ts";
import { signInRoutes } from "./routes/signInRoutes.ts";
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
  const sdk = createSdk(config);
  const freshener = createFreshener({ config, sdk, verify, log });
  const freshen = createFreshenResponse({ freshener, verify, sdk });
  const sessions = createSessionStore();
  const cookie = sessionCookie(https);
  const memory = createWebhookMemory();
  const rows = createProfileStore(config.supabase);
  const store = keepDeletedOut(rows, memory.wasDeleted);
  const webhooks = webhookReceiver({
    verify: createWebhookVerifier(kinde.domain),
    store: rows,
    memory,
    onDeleted: sessions.destroyAllOf,
    log,
  });
  const requireCsrf = requireCsrfToken((_req, res) => {
    sendPage(res, "Form", formExpiredPage());
  });

  return express()
    .disable("x-powered-by")
    .use(securityHeaders({ issuer: kinde.domain, https }))
    .use(express.static(join(import.meta.dirname, "public"), { index: false, setHeaders: keep }))
    .use("/webhooks/kinde", webhooks)
    .use("/api", apiRoutes(verify, log))
    .use(loadSession(sessions, cookie))
    .use(loadUser({ verify, sdk }))
    .use(express.urlencoded({ extended: false, limit: "16kb" }))
    .use(signInRoutes({ appUrl, sdk, verify, sessions, cookie, store, requireCsrf, log }))
    .use(roomRoutes({ store, freshen, requireCsrf, log }))
    .use(profileRoutes({ store, freshen, requireCsrf, log }))
    .use("/back-office", backOfficeRoutes({ store, freshener, requireCsrf, log }))
    .use((_req, res) => {
      res.status(404);
      sendPage(res, "Not found", notFoundPage());
    })
    .use(answerErrors(log));
}

/** A stylesheet is no secret, unlike the pages, and need not come with every one of them. */
function keep(res: ServerResponse): void {
  res.setHeader("Cache-Control", "public, max-age=3600");
}
