import type { ErrorRequestHandler } from "express";
import { isKindeUnavailable } from "../kinde/KindeUnavailableError.ts";
import { sendPage } from "../pages/layout.ts";
import {
  accountDeletedPage,
  badRequestPage,
  brokenPage,
  kindeUnavailablePage,
  notDonePage,
  readOnlyPage,
  tokenNotAcceptedPage,
  unavailablePage,
} from "../pages/problems.ts";
import { ReadOnlyError } from "../profiles/readOnlyProfile.ts";
import { UserDeletedError } from "../profiles/rejectDeletedUsers.ts";
import { ProfileStoreError, TokenNotAcceptedError } from "../profiles/storeError.ts";
import { readReturnTo } from "../web/returnTo.ts";
import { SessionStoreError } from "../web/safeStore.ts";

export const RETRY_S = 5;

/** Answers errors with a page that says what happened and what to do. */
export function answerErrors(log: (line: string) => void): ErrorRequestHandler {
  return (error, req, res, _next) => {
    // In both cases it is not known whether the browser is signed in.
    const kindeIsAway = isKindeUnavailable(error) || error instanceof SessionStoreError;
    if (error instanceof UserDeletedError) {
      res.status(410);
      return sendPage(res, "Account deleted", accountDeletedPage());
    }
    if (error instanceof ReadOnlyError) {
      res.status(403);
      return sendPage(res, "Read only", readOnlyPage());
    }
    if (error instanceof TokenNotAcceptedError) {
      log(`token_not_accepted reason=${JSON.stringify(error.message)}`);
      res.status(502);
      return sendPage(res, "Set-up not complete", tokenNotAcceptedPage());
    }
    if (kindeIsAway || error instanceof ProfileStoreError) {
      log(`unavailable reason=${JSON.stringify(error.message)}`);
      res.status(503).set("Retry-After", String(RETRY_S));
      // A browser must not post a form again by itself, and the form's address may have no page.
      if (req.method !== "GET") return sendPage(res, "Not now", notDonePage());
      res.set("Refresh", String(RETRY_S));
      const page = kindeIsAway ? kindeUnavailablePage : unavailablePage;
      return sendPage(res, "Not now", page(readReturnTo(req.originalUrl)));
    }
    const { status } = Object(error) as { status?: unknown };
    if (typeof status === "number" && status >= 400 && status < 500) {
      res.status(status);
      return sendPage(res, "Bad request", badRequestPage());
    }
    log(`error: ${error instanceof Error ? error.stack : error}`);
    res.status(500);
    sendPage(res, "Error", brokenPage());
  };
}
