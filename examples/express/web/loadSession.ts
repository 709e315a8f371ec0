import type { RequestHandler, Response } from "express";
import { readCookies } from "./cookies.ts";
import type { Session, SessionStore } from "./sessions.ts";

declare global {
  namespace Express {
    interface Locals {
      /** The browser's session; there behind `loadSession`, once a sign-in was begun. */
      session?: Session;
    }
  }
}

/** The session's cookie. `__Host-` makes the browser hold it to this host, over https only. */
export function sessionCookie(https: boolean) {
  const name = https ? "__Host-session" : "app_session";
  const options = { httpOnly: true, sameSite: "lax", secure: https, path: "/" } as const;
  return {
    name,
    set: (res: Response, session: Session) => res.cookie(name, session.id, options),
    clear: (res: Response) => res.clearCookie(name, options),
  };
}

export type SessionCookie = ReturnType<typeof sessionCookie>;

/** Finds the session of the browser, if it has one. */
export function loadSession(store: SessionStore, cookie: SessionCookie): RequestHandler {
  return (req, res, next) => {
    const session = store.read(readCookies(req.get("cookie")).get(cookie.name));
    if (session) res.locals.session = session;
    next();
  };
}
