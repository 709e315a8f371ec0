import type { RequestHandler } from "express";
import { explainFailure } from "../kinde/explainFailure.ts";
import { readUser, type User } from "../kinde/loadUser.ts";
import { sessionManager } from "../kinde/sdk.ts";
import { sendPage } from "../pages/layout.ts";
import { signInFailedPage } from "../pages/problems.ts";
import { sameClaims } from "../tokens/readProfileClaims.ts";
import type { Session } from "../web/sessions.ts";
import type { SignInParts } from "./signInRoutes.ts";

/** The callback: exchanges Kinde's code for tokens, and leads to where the sign-in was asked for. */
export function finishSignIn(parts: SignInParts): RequestHandler {
  const { appUrl, sdk, verify, sessions, cookie, store, log } = parts;

  return async (req, res) => {
    const session = res.locals.session;
    const returnTo = session?.returnTo ?? "/";
    const fail = (reason: string) => {
      res.status(400);
      sendPage(res, "Sign-in", signInFailedPage(reason));
    };
    if (!session) return fail("The sign-in was begun in another browser, or too long ago.");
    // A copy: what is there is worth keeping if this comes to nothing.
    const items = new Map(session.kinde);
    try {
      await sdk().handleRedirectToApp(sessionManager(items), new URL(req.originalUrl, appUrl));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { code, sentence } = explainFailure(req.query.error, reason);
      log(`sign_in failed code=${code} reason=${JSON.stringify(sentence)}`);
      session.kinde.delete("ac-state-key");
      // A silent sign-in may fail: the old token is as good as before, and the page says the rest.
      if (res.locals.user) return res.redirect(303, returnTo);
      return fail(sentence);
    }
    // A refresh that is still under way keeps to the old Map, and is nobody's business any more.
    session.kinde = items;
    session.refreshing = undefined;
    sessions.renew(session);
    cookie.set(res, session);
    const user = await readUser(session, { verify, sdk });
    if (!user) return fail("The token that Kinde gave is not for this app.");
    settle(session, user);
    try {
      await store.ensure(user.id);
    } catch (error) {
      // Without a row the claims are false, and saving the form makes it: no reason to keep them out.
      log(`ensure_profile failed reason=${JSON.stringify(String(error))}`);
    }
    res.redirect(303, returnTo);
  };
}

/** Says on the notice whether a silent sign-in helped; another user is told nothing of the last. */
function settle(session: Session, user: User): void {
  const { silent, notice, userId } = session;
  session.userId = user.id;
  if (userId !== undefined && userId !== user.id) {
    session.silent = undefined;
    session.stale = undefined;
    session.notice = undefined;
  } else if (silent?.expected && notice) {
    const arrived = sameClaims(user.profile, silent.expected);
    const ms = Date.now() - silent.at;
    session.notice = { ...notice, freshness: { arrived, step: "silent", ms, problems: [] } };
    session.silent = { at: silent.at };
  }
}
