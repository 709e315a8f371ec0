import { type RequestHandler, type Response, Router } from "express";
import { requireUser } from "../kinde/loadUser.ts";
import { sendPage } from "../pages/layout.ts";
import { profilePage } from "../pages/profile.ts";
import { tokenPage } from "../pages/token.ts";
import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import type { OpenProfile } from "../profiles/ownProfile.ts";
import { readProfileForm } from "../profiles/profileForm.ts";
import { readAccountClaims } from "../profiles/readAccountClaims.ts";
import { ReadOnlyError } from "../profiles/readOnlyProfile.ts";
import { UserDeletedError } from "../profiles/rejectDeletedUsers.ts";
import { ProfileStoreError, TokenNotAcceptedError } from "../profiles/storeError.ts";
import { readReturnTo } from "../web/returnTo.ts";
import type { Notice } from "../web/sessions.ts";
import { RETRY_S } from "./answerErrors.ts";
import type { FreshenResponse } from "./freshenResponse.ts";

export interface ProfileParts {
  readonly openProfile: OpenProfile;
  readonly freshen: FreshenResponse;
  readonly requireCsrf: RequestHandler;
  readonly log: (line: string) => void;
}

const EMPTY_FORM = { full_name: "", company: "" };

/** The pages of the form and of the token. */
export function profileRoutes({ openProfile, freshen, requireCsrf, log }: ProfileParts): Router {
  const showForm: RequestHandler = async (req, res) => {
    const profile = await openProfile(userOf(res)).read();
    const returnTo = readReturnTo(req.query.return_to);
    const complete = profile?.profile_complete ?? false;
    sendPage(res, "Profile", profilePage(res, { form: profile ?? EMPTY_FORM, returnTo, complete }));
  };

  const save: RequestHandler = async (req, res) => {
    const { form, problems } = readProfileForm(req.body);
    const returnTo = readReturnTo(req.body.return_to);
    if (Object.keys(problems).length > 0) {
      res.status(422);
      const page = profilePage(res, { form, problems, returnTo });
      return sendPage(res, "Profile", page);
    }
    const profile = await openProfile(userOf(res))
      .save(form)
      .catch((error: unknown) => {
        if (!(error instanceof ProfileStoreError) || isLasting(error)) throw error;
        log(`save_profile failed reason=${JSON.stringify(error.message)}`);
      });
    if (!profile) {
      res.status(503).set("Retry-After", String(RETRY_S));
      const page = profilePage(res, { form, failed: true, returnTo });
      return sendPage(res, "Profile", page);
    }
    const freshness = await freshen(res, profile);
    goOn(res, { kind: "saved", freshness }, profile, returnTo === "/" ? "/token" : returnTo);
  };

  const refresh: RequestHandler = async (_req, res) => {
    const row = profileClaims.read((await openProfile(userOf(res)).read()) ?? {});
    const freshness = await freshen(res, row, { requireNewToken: true });
    goOn(res, { kind: "refreshed", freshness }, row, "/token");
  };

  const showToken: RequestHandler = async (_req, res) => {
    const user = userOf(res);
    sendPage(res, "Token", tokenPage(res, user, await readAccountClaims(openProfile(user), log)));
  };

  return Router()
    .get("/profile", requireUser, showForm)
    .post("/profile", requireUser, requireCsrf, save)
    .get("/token", requireUser, showToken)
    .post("/token/refresh", requireUser, requireCsrf, refresh);
}

/** Whether a second attempt to save the form would also fail. */
function isLasting(error: ProfileStoreError): boolean {
  return [UserDeletedError, ReadOnlyError, TokenNotAcceptedError].some(
    (lasting) => error instanceof lasting,
  );
}

/** Redirects to the next page, through a silent sign-in if the fresh claims did not arrive. */
function goOn(
  res: Response,
  notice: Required<Pick<Notice, "kind" | "freshness">>,
  row: ProfileClaims,
  path: string,
): void {
  const { session } = res.locals;
  const { freshness } = notice;
  if (session) session.notice = notice;
  if (freshness.arrived || !session) {
    res.redirect(303, path);
    return;
  }
  session.silent = { at: Date.now() - freshness.ms, expected: profileClaims.read(row) };
  res.redirect(303, `/login/silent?return_to=${encodeURIComponent(path)}`);
}

function userOf(res: Response) {
  const { user } = res.locals;
  if (!user) throw new Error("requireUser must run before this");
  return user;
}
