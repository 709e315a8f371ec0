import { randomBytes } from "node:crypto";
import type { FreshnessOutcome } from "../freshness/bringFreshClaims.ts";
import type { Staleness } from "../freshness/coolDown.ts";
import type { KindeSession } from "../kinde/tokens.ts";
import type { ProfileClaims } from "../tokens/readProfileClaims.ts";

/** What the server knows of one browser. The browser has nothing of it but the id. */
export interface Session {
  id: string;
  csrfToken: string;
  /** Whose it is, once somebody has signed in. */
  userId?: string | undefined;
  kinde?: KindeSession | undefined;
  /** The silent sign-in that was last tried, so that it is not tried in a circle. */
  silent?: { readonly at: number; readonly expected?: ProfileClaims } | undefined;
  /** The ladder that did not help, so that an open page does not climb it all the time. */
  stale?: Staleness | undefined;
  /** Told on the next page, once. */
  notice?: Notice | undefined;
  lastUsed: number;
}

/** What the next page tells. */
export type Notice = {
  readonly kind: "saved" | "refreshed" | "checked" | "granted" | "revoked";
  readonly freshness?: FreshnessOutcome;
  /** The user whose subscription was changed. */
  readonly about?: { readonly name: string; readonly userId: string };
};

const IDLE_MS = 8 * 60 * 60 * 1000;
const MAX_SESSIONS = 10_000;

export type SessionStore = ReturnType<typeof createSessionStore>;

/**
 * Sessions in this process: three tokens are more than a cookie of 4 kB holds. With several
 * instances, keep them in Redis or a table behind the same functions.
 */
export function createSessionStore(now: () => number = Date.now) {
  const sessions = new Map<string, Session>();

  function put(session: Session): Session {
    session.lastUsed = now();
    // To the end of the Map: the beginning is what has been idle longest.
    sessions.delete(session.id);
    sessions.set(session.id, session);
    for (const [id, { lastUsed }] of sessions) {
      if (lastUsed > now() - IDLE_MS) break;
      sessions.delete(id);
    }
    const oldest = sessions.keys().next().value;
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    return session;
  }
  return {
    create: (): Session => put({ id: newId(), csrfToken: newId(), lastUsed: now() }),
    read(id: string | undefined): Session | undefined {
      const session = id === undefined ? undefined : sessions.get(id);
      if (!session || session.lastUsed <= now() - IDLE_MS) return undefined;
      return put(session);
    },
    /** New secrets for the same session, at sign-in: what was planted before is worth nothing. */
    renew(session: Session): void {
      sessions.delete(session.id);
      session.id = newId();
      session.csrfToken = newId();
      put(session);
    },
    destroy: (session: Session): void => void sessions.delete(session.id),
    /** Ends every session of a user who is no more. */
    destroyAllOf(userId: string): void {
      for (const [id, session] of sessions) {
        if (session.userId === userId) sessions.delete(id);
      }
    },
  };
}

function newId(): string {
  return randomBytes(32).toString("base64url");
}
