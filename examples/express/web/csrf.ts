import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";

declare module "express-session" {
  interface SessionData {
    /** The token that a form of this session must contain. */
    csrfToken: string;
  }
}

export function newCsrfToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The name of the hidden field. */
export const CSRF_FIELD = "csrf_token";

/**
 * Refuses a form that was not made by this app for this session: the hidden field must hold the
 * session's token. In addition, the session's cookie is `SameSite=Lax`.
 *
 * Use it after the middleware for sessions and for the body.
 *
 * @param onRefused sends the response; its status is already 403
 */
export function requireCsrfToken(onRefused: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const sent: unknown = req.body?.[CSRF_FIELD];
    const expected = res.locals.session?.csrfToken;
    if (typeof sent === "string" && expected !== undefined && equal(sent, expected)) {
      next();
      return;
    }
    res.status(403);
    return onRefused(req, res, next);
  };
}

/** Compares in constant time, so that the time does not show how many characters are right. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
