import { type RequestHandler, type Response, Router } from "express";
import { claimsAgree } from "kinde-claims";
import { type PageGuardParts, requireClaimPage } from "../guards/requireClaimPage.ts";
import { requireUser } from "../kinde/loadUser.ts";
import { nameOf } from "../kinde/tokens.ts";
import { homePage, uncheckedHomePage, welcomePage } from "../pages/home.ts";
import { sendPage } from "../pages/layout.ts";
import { stalePage } from "../pages/problems.ts";
import { HANDBOOK, membersPage, noSubscriptionPage, workspacePage } from "../pages/rooms.ts";
import type { ProfileClaims } from "../profileClaims.ts";
import { readAccountClaims } from "../profiles/readAccountClaims.ts";
import type { ProfileParts } from "./profileRoutes.ts";

/**
 * The pause before another silent sign-in, if the last one did not help. Without a pause the
 * browser would be redirected for ever.
 */
const SILENT_AGAIN_MS = 60_000;

/** The pages that a claim opens, and the overview of them. */
export function roomRoutes({ openProfile, freshen, requireCsrf, log }: ProfileParts): Router {
  const parts = {
    readProfile: (user) => openProfile(user).read(),
    // The waiting page reloads itself. Shortly after a failed attempt, a reload does not ask Kinde
    // again.
    freshen: (res: Response, row: ProfileClaims) => freshen(res, row, { patient: true }),
    onStale: (req, res) => {
      const { session, user } = res.locals;
      if (session && user && Date.now() - (session.silent?.at ?? 0) > SILENT_AGAIN_MS) {
        session.silent = { at: Date.now() };
        res.redirect(303, `/login/silent?return_to=${encodeURIComponent(req.originalUrl)}`);
        return;
      }
      const pauseMs = (session?.stale?.until ?? 0) - Date.now();
      const seconds = Math.max(1, Math.ceil(pauseMs / 1000));
      res.status(503).set({ Refresh: String(seconds), "Retry-After": String(seconds) });
      sendPage(res, "Almost there", stalePage(seconds));
    },
  } satisfies Partial<PageGuardParts>;
  const requireProfileComplete = requireClaimPage("profile_complete", {
    ...parts,
    onMissing: (req, res) => {
      res.redirect(303, `/profile?return_to=${encodeURIComponent(req.originalUrl)}`);
    },
  });
  const requireLifetimeSubscriber = requireClaimPage("lifetime_subscriber", {
    ...parts,
    onMissing: (_req, res) => {
      res.status(403);
      sendPage(res, "For lifetime subscribers", noSubscriptionPage(res));
    },
  });

  const showOverview: RequestHandler = async (_req, res) => {
    const { user, session, unchecked } = res.locals;
    if (session && unchecked) {
      return sendPage(res, "Overview", uncheckedHomePage(nameOf(session)));
    }
    if (!user || !session) return sendPage(res, "Overview", welcomePage());
    const account = await readAccountClaims(openProfile(user), log);
    // If the row was changed elsewhere, for example in SQL, the user sees the change when the page
    // is loaded again.
    if (account && !claimsAgree(user.profile, account)) await parts.freshen(res, account);
    sendPage(res, "Overview", homePage(res.locals.user ?? user, nameOf(session), account));
  };

  /**
   * The button "Check again": reads the row, adds a notice if the row has no subscription, and
   * redirects to `/members`.
   */
  const checkSubscription: RequestHandler = async (_req, res) => {
    const { user, session } = res.locals;
    const profile = user && (await openProfile(user).read());
    if (session && !profile?.lifetime_subscriber) session.notice = { kind: "checked" };
    res.redirect(303, "/members");
  };

  return Router()
    .get("/", showOverview)
    .get("/workspace", requireUser, requireProfileComplete, (_req, res) => {
      sendPage(res, "Workspace", workspacePage());
    })
    .get("/members", requireUser, requireLifetimeSubscriber, (_req, res) => {
      sendPage(res, "Members", membersPage());
    })
    .get("/members/handbook", requireUser, requireLifetimeSubscriber, (_req, res) => {
      res.type("text/plain").send(HANDBOOK);
    })
    .post("/members", requireUser, requireCsrf, checkSubscription);
}
