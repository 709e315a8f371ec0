import type { Session as ExpressSession, SessionData } from "express-session";
import type { FreshnessOutcome } from "../freshness/bringFreshClaims.ts";
import type { Staleness } from "../freshness/coolDown.ts";
import type { ProfileClaims } from "../tokens/readProfileClaims.ts";

/**
 * The session of a signed-in browser: plain JSON data in the store, and in the browser nothing but
 * its signed id. Each feature declares its own slice: `kinde/tokens.ts`, `web/csrf.ts`, and here
 * those of the notice and of the way to a fresh token.
 */
export type Session = ExpressSession & SessionData;

declare module "express-session" {
  interface SessionData {
    /** The silent sign-in that was last tried, so that it is not tried in a circle. */
    silent?: { readonly at: number; readonly expected?: ProfileClaims } | undefined;
    /** The ladder that did not help, so that an open page does not climb it all the time. */
    stale?: Staleness | undefined;
    /** Shown on the next page, once. */
    notice?: Notice | undefined;
  }
}

/** What the next page tells. */
export type Notice = {
  readonly kind: "saved" | "refreshed" | "checked" | "granted" | "revoked";
  readonly freshness?: FreshnessOutcome;
  /** The user whose subscription was changed. */
  readonly about?: { readonly name: string; readonly userId: string };
};
