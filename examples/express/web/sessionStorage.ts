import { type SessionData, Store } from "express-session";

/** Where sessions are kept. Several instances of the app need one store that they share. */
export interface SessionStorage {
  readonly store: Store;
  /** Ends every session of a user. */
  endAllOf(userId: string): Promise<void>;
}

/** A session ends after this long without a request. */
export const IDLE_MS = 8 * 60 * 60 * 1000;
const MAX_SESSIONS = 10_000;

/**
 * Keeps sessions in the memory of this process, for a demo or a single instance: they end with it.
 * At most 10,000 are kept; after that, the session that has been idle longest is removed. (Only a
 * browser that has signed in has a session, so anonymous requests cannot push out a session.)
 */
export function memorySessions(now: () => number = Date.now): SessionStorage {
  const store = new MemoryStore(now);
  return { store, endAllOf: async (userId) => store.endAllOf(userId) };
}

interface Entry {
  readonly json: string;
  readonly usedAt: number;
}

class MemoryStore extends Store {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    const entry = this.#entries.get(id);
    const live = entry && entry.usedAt > this.#now() - IDLE_MS;
    // Every request gets its own copy, as it would from a database.
    setImmediate(callback, null, live ? (JSON.parse(entry.json) as SessionData) : null);
  }

  override set(id: string, session: SessionData, callback?: (error?: unknown) => void): void {
    this.#put(id, JSON.stringify(session));
    if (callback) setImmediate(callback);
  }

  override touch(id: string, _session: SessionData, callback?: () => void): void {
    const entry = this.#entries.get(id);
    if (entry) this.#put(id, entry.json);
    if (callback) setImmediate(callback);
  }

  override destroy(id: string, callback?: (error?: unknown) => void): void {
    this.#entries.delete(id);
    if (callback) setImmediate(callback);
  }

  endAllOf(userId: string): void {
    for (const [id, { json }] of this.#entries) {
      if ((JSON.parse(json) as SessionData).userId === userId) this.#entries.delete(id);
    }
  }

  #put(id: string, json: string): void {
    // Moves the entry to the end of the Map, so that the longest idle session is always the first.
    this.#entries.delete(id);
    this.#entries.set(id, { json, usedAt: this.#now() });
    for (const [oldId, { usedAt }] of this.#entries) {
      if (this.#entries.size <= MAX_SESSIONS && usedAt > this.#now() - IDLE_MS) break;
      this.#entries.delete(oldId);
    }
  }
}
