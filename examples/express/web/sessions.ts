import type { Session as ExpressSession, SessionData } from "express-session";
import type { FreshnessOutcome } from "kinde-claims";
import type { Staleness } from "../freshness/coolDown.ts";
import type { ProfileClaims } from "../profileClaims.ts";

/**
 * The session of a signed-in browser. The store has plain JSON data, and the browser has only the
 * signed id. Each feature declares its own part of the data: the tokens in `kinde/tokens.ts`, the
 * CSRF token in `web/csrf.ts`, and here the notice and the attempts to get a fresh token.
 */
export type Session = ExpressSession & SessionData;

declare module "express-session" {
  interface SessionData {
    /** The last silent sign-in that was tried, so that it is not repeated for ever. */
    silent?: { readonly at: number; readonly expected?: ProfileClaims } | undefined;
    /** Claims that did not arrive yet, so that an open page does not ask Kinde all the time. */
    stale?: Staleness | undefined;
    /** Shown on the next page, once. */
    notice?: Notice | undefined;
  }
}

/** The notice on the next page. */
export type Notice = {
  readonly kind: "saved" | "refreshed" | "checked" | "granted" | "revoked";
  readonly freshness?: FreshnessOutcome;
  /** The user whose subscription was changed. */
  readonly about?: { readonly name: string; readonly userId: string };
};
