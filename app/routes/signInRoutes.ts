import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import { type RequestHandler, Router } from "express";
import { readUser } from "../kinde/loadUser.ts";
import { sessionManager } from "../kinde/sdk.ts";
import { tellable } from "../kinde/tellable.ts";
import { sendPage } from "../pages/layout.ts";
import { signInFailedPage } from "../pages/problems.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { sameClaims } from "../tokens/readProfileClaims.ts";
import type { VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import type { SessionCookie } from "../web/loadSession.ts";
import { readReturnTo } from "../web/returnTo.ts";
import type { SessionStore } from "../web/sessions.ts";

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
  const { appUrl, sdk, verify, sessions, cookie, store, log } = parts;

  const begin =
    (how: "login" | "register", authUrlParams: Record<string, string> = {}): RequestHandler =>
    async (req, res) => {
      const session = res.locals.session ?? sessions.create();
      session.returnTo = readReturnTo(req.query.return_to);
      const url = await sdk()[how](sessionManager(session.kinde), { authUrlParams });
      cookie.set(res, session);
      res.redirect(303, url.href);
    };

  const finish: RequestHandler = async (req, res) => {
    const session = res.locals.session;
    const returnTo = session?.returnTo ?? "/";
    const fail = (reason: string) => {
      res.status(400);
      sendPage(res, "Sign-in", signInFailedPage(reason));
    };
    if (!session) return fail("The sign-in was begun in another browser, or too long ago.");
    const silent = session.silent;
    // A copy: what is there is worth keeping if this comes to nothing.
    const items = new Map(session.kinde);
    try {
      await sdk().handleRedirectToApp(sessionManager(items), new URL(req.originalUrl, appUrl));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`sign_in failed reason=${JSON.stringify(reason)}`);
      session.kinde.delete("ac-state-key");
      // A silent sign-in may fail: the old token is as good as before, and the page says the rest.
      if (res.locals.user) return res.redirect(303, returnTo);
      return fail(tellable(req.query.error, reason));
    }
    session.kinde = items;
    sessions.renew(session);
    cookie.set(res, session);
    const user = await readUser(session, { verify, sdk });
    if (!user) return fail("The token that Kinde gave is not for this app.");
    if (silent?.expected && session.notice) {
      const arrived = sameClaims(user.profile, silent.expected);
      const freshness = {
        arrived,
        step: "silent",
        ms: Date.now() - silent.at,
        problems: [],
      } as const;
      session.notice = { ...session.notice, freshness };
      session.silent = { at: silent.at };
    }
    try {
      await store.ensure(user.id);
    } catch (error) {
      // Without a row the claims are false, and saving the form makes it: no reason to keep them out.
      log(`ensure_profile failed reason=${JSON.stringify(String(error))}`);
    }
    res.redirect(303, returnTo);
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
    .get("/callback", finish)
    .post("/logout", parts.requireCsrf, leave);
}
