import { type RequestHandler, Router } from "express";
import type { Freshener } from "../freshness/createFreshener.ts";
import { requireUser } from "../kinde/loadUser.ts";
import { backOfficePage } from "../pages/backOffice.ts";
import { BACK_OFFICE_PERMISSION, sendPage } from "../pages/layout.ts";
import { forbiddenPage } from "../pages/problems.ts";
import type { AdminProfiles } from "../profiles/adminProfiles.ts";

const SHOWN = 20;

/**
 * The routes for granting subscriptions and taking them back, for users who have the permission in
 * Kinde.
 */
export function backOfficeRoutes(parts: {
  profiles: AdminProfiles;
  freshener: Freshener;
  requireCsrf: RequestHandler;
  log: (line: string) => void;
}): Router {
  const { profiles, freshener, requireCsrf, log } = parts;

  const requirePermission: RequestHandler = (_req, res, next) => {
    if (res.locals.user?.permissions.includes(BACK_OFFICE_PERMISSION)) return next();
    res.status(403);
    sendPage(res, "Back office", forbiddenPage());
  };

  const change: RequestHandler = async (req, res) => {
    const userId = String(req.body.user);
    const granted = req.body.granted === "yes";
    const profile = await profiles.setLifetimeSubscriber(userId, granted);
    if (profile) {
      const about = { name: profile.full_name.trim(), userId };
      const notice = { kind: granted ? "granted" : "revoked", about } as const;
      if (res.locals.session) res.locals.session.notice = notice;
      try {
        await freshener.notifyKinde(userId);
      } catch (error) {
        // The row is saved. The app compares it with the token when the user opens the overview, or
        // a page that the token does not open.
        log(`notify_kinde failed reason=${JSON.stringify(String(error))}`);
      }
    }
    res.redirect(303, "/back-office");
  };

  return Router()
    .use(requireUser, requirePermission)
    .get("/", async (_req, res) => {
      sendPage(res, "Back office", backOfficePage(res, await profiles.latest(SHOWN)));
    })
    .post("/", requireCsrf, change);
}
