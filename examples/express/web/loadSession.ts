import { promisify } from "node:util";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import session from "express-session";
import { newCsrfToken } from "./csrf.ts";
import { safeStore } from "./safeStore.ts";
import type { Session } from "./sessions.ts";

declare global {
  namespace Express {
    interface Locals {
      /** The session of a signed-in browser. Set by `loadSession`. */
      session?: Session;
    }
  }
}

const nameOf = (https: boolean) => (https ? "__Host-session" : "app_session");
const attributesOf = (https: boolean) =>
  // With `__Host-`, the browser sends the cookie only to this host, and only over https.
  ({ httpOnly: true, sameSite: "lax", secure: https, path: "/" }) as const;

/**
 * The middlewares that load and save the browser's session.
 *
 * @param options.https whether browsers reach the app over https
 */
export function loadSession(options: {
  store: session.Store;
  secret: string;
  https: boolean;
}): RequestHandler[] {
  const { store, secret, https } = options;
  return [
    (req, _res, next) => {
      // express-session sends a Secure cookie only if the request says that it came over https. The
      // app itself serves http: if its address is https, a proxy in front of it ends the TLS.
      if (https) req.headers["x-forwarded-proto"] = "https";
      next();
    },
    session({
      store: safeStore(store),
      secret,
      name: nameOf(https),
      cookie: attributesOf(https),
      proxy: https,
      resave: false,
      saveUninitialized: false,
    }),
    (req, res, next) => {
      if (isSignedIn(req.session)) res.locals.session = req.session;
      saveBeforeRedirects(res, next);
      next();
    },
  ];
}

/**
 * Begins a session for a browser that has just signed in. The session gets a new id, against
 * session fixation.
 */
export async function beginSession(
  req: Request,
  res: Response,
  data: Pick<session.SessionData, "userId" | "kinde" | "notice" | "silent" | "stale">,
): Promise<Session> {
  await promisify(req.session.regenerate.bind(req.session))();
  const begun = Object.assign(req.session, data, { csrfToken: newCsrfToken() });
  await promisify(begun.save.bind(begun))();
  // From now on, a save must not restore the session if it has ended in the meantime.
  begun.stored = true;
  res.locals.session = begun;
  return begun;
}

/** Ends the browser's session, and clears its cookie. */
export async function endSession(req: Request, res: Response, https: boolean): Promise<void> {
  delete res.locals.session;
  await promisify(req.session.destroy.bind(req.session))();
  res.clearCookie(nameOf(https), attributesOf(https));
}

function isSignedIn(data: session.Session & Partial<session.SessionData>): data is Session {
  return data.userId !== undefined;
}

/**
 * Saves the session before a redirect is sent. A browser follows a redirect as soon as it has the
 * headers. express-session saves after that, so the next page could miss the changes of this
 * request.
 */
function saveBeforeRedirects(res: Response, next: NextFunction): void {
  const redirect = res.redirect.bind(res) as (status: number, url: string) => void;
  res.redirect = (...given: [url: string] | [status: number, url: string]) => {
    const [status, url] = given.length === 2 ? given : [302, given[0]];
    if (!res.locals.session) return redirect(status, url);
    res.locals.session.save((error?: unknown) => (error ? next(error) : redirect(status, url)));
  };
}
