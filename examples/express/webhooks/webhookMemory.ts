/**
 * What the receiver remembers: deliveries it has handled, and users it has seen deleted. Kinde
 * retries for 36 hours, so that is how long it is worth knowing.
 */
export interface WebhookMemory {
  wasHandled(deliveryId: string): Promise<boolean>;
  markHandled(deliveryId: string): Promise<void>;
  wasDeleted(userId: string): Promise<boolean>;
  markDeleted(userId: string): Promise<void>;
}

const KEPT_MS = 48 * 60 * 60 * 1000;
const MAX_ENTRIES = 50_000;

/**
 * A memory in this process. With several instances, or when a restart must not forget, keep the same
 * four answers in a table. Sessions that outlive this memory can bring a deleted user's row back for
 * as long as the access token is good; with the sessions in this process, they end with it.
 */
export function createWebhookMemory(now: () => number = Date.now): WebhookMemory {
  const handled = new Map<string, number>();
  const deleted = new Map<string, number>();

  function add(entries: Map<string, number>, id: string): void {
    entries.delete(id);
    entries.set(id, now());
    // A Map keeps the order of insertion, so the oldest come first.
    for (const [oldId, at] of entries) {
      if (entries.size <= MAX_ENTRIES && at > now() - KEPT_MS) break;
      entries.delete(oldId);
    }
  }
  return {
    wasHandled: async (id) => handled.has(id),
    markHandled: async (id) => add(handled, id),
    wasDeleted: async (id) => deleted.has(id),
    markDeleted: async (id) => add(deleted, id),
  };
}
