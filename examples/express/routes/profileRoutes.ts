import { type RequestHandler, type Response, Router } from "express";
import { requireUser } from "../kinde/loadUser.ts";
import { sendPage } from "../pages/layout.ts";
import { profilePage } from "../pages/profile.ts";
import { tokenPage } from "../pages/token.ts";
import { UserDeletedError } from "../profiles/keepDeletedOut.ts";
import { type Profile, ProfileStoreError } from "../profiles/profile.ts";
import { readProfileForm } from "../profiles/profileForm.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { readReturnTo } from "../web/returnTo.ts";
import type { Notice } from "../web/sessions.ts";
import { RETRY_S } from "./answerErrors.ts";
import type { FreshenResponse } from "./freshenResponse.ts";

export interface ProfileParts {
  readonly store: ProfileStore;
  readonly freshen: FreshenResponse;
  readonly requireCsrf: RequestHandler;
  readonly log: (line: string) => void;
}

const NOTHING = { full_name: "", company: "" };

/** The form, and the token it changes. */
export function profileRoutes({ store, freshen, requireCsrf, log }: ProfileParts): Router {
  const showForm: RequestHandler = async (req, res) => {
    const profile = await store.read(userOf(res).id);
    const returnTo = readReturnTo(req.query.return_to);
    const complete = profile?.profile_complete ?? false;
    sendPage(res, "Profile", profilePage(res, { form: profile ?? NOTHING, returnTo, complete }));
  };

  const save: RequestHandler = async (req, res) => {
    const { form, problems } = readProfileForm(req.body);
    const returnTo = readReturnTo(req.body.return_to);
    if (Object.keys(problems).length > 0) {
      res.status(422);
      const page = profilePage(res, { form, problems, returnTo, complete: false });
      return sendPage(res, "Profile", page);
    }
    const profile = await store.saveForm(userOf(res).id, form).catch((error: unknown) => {
      if (!(error instanceof ProfileStoreError) || error instanceof UserDeletedError) throw error;
      log(`save_profile failed reason=${JSON.stringify(error.message)}`);
    });
    if (!profile) {
      res.status(503).set("Retry-After", String(RETRY_S));
      const page = profilePage(res, { form, failed: true, returnTo, complete: false });
      return sendPage(res, "Profile", page);
    }
    await goOn(res, profile, "saved", returnTo === "/" ? "/token" : returnTo);
  };

  const refresh: RequestHandler = async (req, res) => {
    const profile = await store.read(userOf(res).id);
    const returnTo = readReturnTo(req.body.return_to);
    await goOn(res, profile, "refreshed", returnTo === "/" ? "/token" : returnTo);
  };

  /** Brings the row into the token, if need be through a silent sign-in, and leads to the next page. */
  async function goOn(
    res: Response,
    profile: Profile | null,
    kind: Notice["kind"],
    path: string,
  ): Promise<void> {
    const { session } = res.locals;
    const row = profile ?? { lifetime_subscriber: false, profile_complete: false };
    const freshness = await freshen(res, row);
    if (session) session.notice = { kind, freshness };
    if (freshness.arrived || !session) return res.redirect(303, path);
    session.silent = { at: Date.now() - freshness.ms, expected: row };
    res.redirect(303, `/login/silent?return_to=${encodeURIComponent(path)}`);
  }

  return Router()
    .get("/profile", requireUser, showForm)
    .post("/profile", requireUser, requireCsrf, save)
    .get("/token", requireUser, (_req, res) => {
      sendPage(res, "Token", tokenPage(res, userOf(res)));
    })
    .post("/token/refresh", requireUser, requireCsrf, refresh);
}

function userOf(res: Response) {
  const { user } = res.locals;
  if (!user) throw new Error("this route stands behind requireUser");
  return user;
}
