import type { RequestHandler, Response } from "express";
import { toUser, type User } from "../kinde/loadUser.ts";
import { explainFailure, NOT_BEGUN_HERE, type SignInFailure } from "../kinde/signInFailure.ts";
import { type KindeTokens, keepTokens } from "../kinde/tokens.ts";
import { sendPage } from "../pages/layout.ts";
import { accountDeletedPage, signInFailedPage } from "../pages/problems.ts";
import { sameClaims } from "../tokens/readProfileClaims.ts";
import { TokenError } from "../tokens/tokenError.ts";
import type { Session } from "../web/sessions.ts";
import type { SignInParts } from "./signInRoutes.ts";

/** The callback: exchanges Kinde's code for tokens, and redirects to where the sign-in was begun. */
export function finishSignIn(parts: SignInParts): RequestHandler {
  const {
    appUrl,
    kinde,
    verify,
    pendingSignIns,
    sessions,
    cookie,
    store,
    wasDeleted,
    orgCode,
    log,
  } = parts;

  function fail(res: Response, { code, sentence }: SignInFailure): void {
    log(`sign_in failed code=${code} reason=${JSON.stringify(sentence)}`);
    res.status(code === "NO_ANSWER" ? 503 : 400);
    sendPage(res, "Sign-in", signInFailedPage(sentence));
  }

  return async (req, res) => {
    const pending = await pendingSignIns.take(req, res);
    if (!pending) return fail(res, NOT_BEGUN_HERE);
    const { returnTo } = pending;
    let tokens: KindeTokens;
    try {
      tokens = await kinde.finishSignIn(new URL(req.originalUrl, appUrl), pending);
    } catch (error) {
      const failure = explainFailure(error);
      // A silent sign-in may fail: the old token is as good as before, and the page says the rest.
      if (pending.kind === "silent" && res.locals.session) {
        log(`sign_in failed code=${failure.code} reason=${JSON.stringify(failure.sentence)}`);
        return res.redirect(303, returnTo);
      }
      return fail(res, failure);
    }
    const user = await verify(tokens.accessToken).then(
      (token) => toUser(token, orgCode),
      (error: unknown) => {
        if (!(error instanceof TokenError) || error.code === "KEYS_UNAVAILABLE") throw error;
      },
    );
    if (!user) {
      return fail(res, {
        code: "EXCHANGE_FAILED",
        sentence: "The token that Kinde gave is not for this app.",
      });
    }
    const session = res.locals.session ?? sessions.create();
    sessions.renew(session);
    keepTokens(session, tokens);
    cookie.set(res, session);
    settle(session, user);
    try {
      await store.ensure(user.id);
    } catch (error) {
      // Without a row the claims are false, and saving the form makes it: no reason to keep them out.
      log(`ensure_profile failed reason=${JSON.stringify(String(error))}`);
    }
    // Last: a deletion that comes later finds the session and ends it.
    const deleted = await wasDeleted(user.id).catch((error: unknown) => {
      // Kinde has just accepted this user, so an outage here keeps nobody out.
      log(`was_deleted failed reason=${JSON.stringify(String(error))}`);
      return false;
    });
    if (deleted) {
      sessions.destroy(session);
      cookie.clear(res);
      res.status(410);
      return sendPage(res, "Account deleted", accountDeletedPage());
    }
    res.redirect(303, returnTo);
  };
}

/** Says on the notice whether a silent sign-in helped. Another user sees nothing of the one before. */
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
