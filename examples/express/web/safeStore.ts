import { type SessionData, Store } from "express-session";

declare module "express-session" {
  interface SessionData {
    /** Set when the session is in the store. Absent while the session is being made. */
    stored?: true;
  }
}

/** The store of the sessions failed. */
export class SessionStoreError extends Error {
  override name = "SessionStoreError";
}

type Callback = (error?: unknown) => void;

/**
 * Makes a store safe for requests of one browser that run at the same time. express-session loads a
 * whole session and saves a whole session, so the slower request would undo the changes of the
 * faster one. Here, a save
 * - does not restore a session that has ended in the meantime, by signing out or by a deletion;
 * - does not replace newer tokens with older ones: Kinde accepts each refresh token only once.
 */
export function safeStore(inner: Store): Store {
  return new SafeStore(inner);
}

class SafeStore extends Store {
  readonly #inner: Store;

  constructor(inner: Store) {
    super();
    this.#inner = inner;
    for (const event of ["connect", "disconnect"]) inner.on(event, () => this.emit(event));
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#inner.get(id, (error: unknown, session) => {
      if (!error) return callback(null, session);
      callback(new SessionStoreError("the session cannot be read", { cause: error }));
    });
  }

  override set(id: string, session: SessionData, callback: Callback = () => undefined): void {
    this.#inner.get(id, (error, current) => {
      if (error) return callback(new SessionStoreError("the session cannot be saved"));
      if (session.stored && !current) return callback();
      const newer = (current?.kinde?.changedAt ?? 0) > (session.kinde?.changedAt ?? 0);
      const kinde = newer ? current?.kinde : session.kinde;
      this.#inner.set(id, { ...session, kinde, stored: true }, callback);
    });
  }

  override touch(id: string, session: SessionData, callback: Callback = () => undefined): void {
    if (this.#inner.touch) this.#inner.touch(id, session, callback);
    else callback();
  }

  override destroy(id: string, callback?: Callback): void {
    this.#inner.destroy(id, callback);
  }
}
