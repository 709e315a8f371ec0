import type { RequestHandler, Response } from "express";
import { claimsAgree } from "kinde-claims";
import { type User, verifyUser } from "../kinde/loadUser.ts";
import { explainFailure, NOT_BEGUN_HERE, type SignInFailure } from "../kinde/signInFailure.ts";
import { type KindeTokens, toKindeSession } from "../kinde/tokens.ts";
import { sendPage } from "../pages/layout.ts";
import { accountDeletedPage, signInFailedPage } from "../pages/problems.ts";
import { beginSession, endSession } from "../web/loadSession.ts";
import type { Session } from "../web/sessions.ts";
import type { SignInParts } from "./signInRoutes.ts";

/**
 * The callback: exchanges Kinde's code for tokens, and redirects to the page where the sign-in
 * began.
 */
export function finishSignIn(parts: SignInParts): RequestHandler {
  const { appUrl, kinde, pendingSignIns, openProfile, isUserDeleted, log } = parts;

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
    let user: User;
    try {
      tokens = await kinde.finishSignIn(new URL(req.originalUrl, appUrl), pending);
      user = await verifyUser(tokens.accessToken, parts);
    } catch (error) {
      const failure = explainFailure(error);
      // A silent sign-in may fail: the old token stays valid, and the page says what happened.
      if (pending.kind === "silent" && res.locals.session) {
        log(`sign_in failed code=${failure.code} reason=${JSON.stringify(failure.sentence)}`);
        return res.redirect(303, returnTo);
      }
      return fail(res, failure);
    }
    await beginSession(req, res, {
      userId: user.id,
      kinde: toKindeSession(tokens),
      ...carryOver(res.locals.session, user),
    });
    try {
      await openProfile(user).ensure();
    } catch (error) {
      // Without a row the claims are false, and saving the form makes the row, so the sign-in goes
      // on.
      log(`ensure_profile failed reason=${JSON.stringify(String(error))}`);
    }
    // This check is the last step: if the user is deleted later, the deletion finds the session and
    // ends it.
    const deleted = await isUserDeleted(user.id).catch((error: unknown) => {
      // Kinde has just accepted this user, so an outage here does not stop the sign-in.
      log(`is_user_deleted failed reason=${JSON.stringify(String(error))}`);
      return false;
    });
    if (deleted) {
      await endSession(req, res, appUrl.startsWith("https:"));
      res.status(410);
      return sendPage(res, "Account deleted", accountDeletedPage());
    }
    res.redirect(303, returnTo);
  };
}

/**
 * Returns what the new session keeps from the old session of the same user. After a silent sign-in,
 * the notice also says whether the expected claims arrived.
 */
function carryOver(
  before: Session | undefined,
  user: User,
): Pick<Session, "notice" | "silent" | "stale"> {
  if (!before || before.userId !== user.id) return {};
  const { silent, notice, stale } = before;
  if (!silent?.expected || !notice) return { silent, notice, stale };
  const arrived = claimsAgree(user.profile, silent.expected);
  const ms = Date.now() - silent.at;
  const freshness = { arrived, rung: "silent", remaining: [], ms, problems: [] } as const;
  return { silent: { at: silent.at }, notice: { ...notice, freshness }, stale };
}
