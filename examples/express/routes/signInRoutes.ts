import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import { type RequestHandler, Router } from "express";
import { sessionManager } from "../kinde/sdk.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import type { VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import type { SessionCookie } from "../web/loadSession.ts";
import { readReturnTo } from "../web/returnTo.ts";
import type { SessionStore } from "../web/sessions.ts";
import { finishSignIn } from "./finishSignIn.ts";

export interface SignInParts {
  readonly appUrl: string;
  readonly sdk: () => ACClient;
  readonly verify: VerifyAccessToken;
  readonly sessions: SessionStore;
  readonly cookie: SessionCookie;
  readonly store: ProfileStore;
  readonly requireCsrf: RequestHandler;
  readonly log: (line: string) => void;
}

/** Signing in, silently too, and out. */
export function signInRoutes(parts: SignInParts): Router {
  const { sdk, sessions, cookie } = parts;

  const begin =
    (how: "login" | "register", authUrlParams: Record<string, string> = {}): RequestHandler =>
    async (req, res) => {
      const session = res.locals.session ?? sessions.create();
      session.returnTo = readReturnTo(req.query.return_to);
      const url = await sdk()[how](sessionManager(session.kinde), { authUrlParams });
      cookie.set(res, session);
      res.redirect(303, url.href);
    };

  const leave: RequestHandler = async (_req, res) => {
    const { session } = res.locals;
    const url = await sdk().logout(sessionManager(new Map()));
    if (session) sessions.destroy(session);
    cookie.clear(res);
    res.redirect(303, url.href);
  };

  return Router()
    .get("/login", begin("login"))
    .get("/register", begin("register"))
    .get("/login/silent", begin("login", { prompt: "none" }))
    .get("/callback", finishSignIn(parts))
    .post("/logout", parts.requireCsrf, leave);
}
