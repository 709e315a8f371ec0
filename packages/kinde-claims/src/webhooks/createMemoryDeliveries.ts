import { type Deliveries, EVENT_LIFETIME_MS } from "./Deliveries.ts";

export interface MemoryDeliveriesOptions {
  /** How many events and how many deleted users are kept. 50,000 each unless given. */
  readonly maxEntries?: number | undefined;
  /**
   * After this time an event that was begun and never finished may begin again. 5 minutes unless
   * given.
   */
  readonly leaseMs?: number | undefined;
  /** Returns the current time in milliseconds. For tests. */
  readonly now?: (() => number) | undefined;
}

interface Entry {
  readonly state: "busy" | "done";
  readonly at: number;
}

/**
 * Creates a bounded memory of events and deleted users in this process. A restart empties the
 * memory, and several instances of an app do not share it.
 *
 * @example
 * ```ts
 * import { createMemoryDeliveries, type Deliveries } from "kinde-claims";
 *
 * const deliveries: Deliveries = createMemoryDeliveries({ maxEntries: 10_000 });
 * ```
 */
export function createMemoryDeliveries({
  maxEntries = 50_000,
  leaseMs = 5 * 60 * 1000,
  now = Date.now,
}: MemoryDeliveriesOptions = {}): Deliveries {
  const events = new Map<string, Entry>();
  const deletedUsers = new Map<string, Entry>();

  function put(entries: Map<string, Entry>, id: string, state: Entry["state"]): void {
    entries.delete(id);
    entries.set(id, { state, at: now() });
    // A Map keeps the order of insertion: the oldest entries come first.
    for (const [oldId, { at }] of entries) {
      if (entries.size <= maxEntries && at > now() - EVENT_LIFETIME_MS) break;
      entries.delete(oldId);
    }
  }
  return {
    async begin(eventId) {
      const entry = events.get(eventId);
      if (entry?.state === "done") return "done";
      if (entry && entry.at > now() - leaseMs) return "busy";
      put(events, eventId, "busy");
      return "new";
    },
    finish: async (eventId) => put(events, eventId, "done"),
    async abandon(eventId) {
      if (events.get(eventId)?.state === "busy") events.delete(eventId);
    },
    markUserDeleted: async (userId) => put(deletedUsers, userId, "done"),
    isUserDeleted: async (userId) => deletedUsers.has(userId),
  };
}
