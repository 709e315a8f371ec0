/**
 * What the webhook handler remembers. Implement it on your database if the app has several
 * instances or must not forget at a restart.
 *
 * Keep the ids of events for at least `EVENT_LIFETIME_MS` after `finish`: older events are refused,
 * so a longer memory is not needed. Keep deleted users at least as long.
 */
export interface Deliveries {
  /**
   * Claims an event for this caller, in one atomic step.
   *
   * - "new": the event was not handled yet. It belongs to the caller now, until `finish` or
   *   `abandon`. Let the claim lapse after a time that is longer than your callbacks take, so that
   *   an instance that crashed does not block the event.
   * - "busy": another caller has claimed the event.
   * - "done": the event was handled.
   */
  begin(eventId: string): Promise<"new" | "busy" | "done">;
  /** The event was handled. */
  finish(eventId: string): Promise<void>;
  /**
   * Handling failed. The next `begin` returns "new". If the claim lapsed and another caller has the
   * event now, this may end the claim of that caller; the event is then handled once more.
   */
  abandon(eventId: string): Promise<void>;
  /**
   * Remembers that a user was deleted. Kinde does not send events in order: a `user.created` that
   * comes late, or whose handling is under way, must not bring the user back.
   */
  markUserDeleted(userId: string): Promise<void>;
  isUserDeleted(userId: string): Promise<boolean>;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * The age at which an event is refused. Kinde's last attempt comes 36 hours after the first
 * (docs.kinde.com, about webhooks); the other 12 hours allow for wrong clocks and for queues.
 */
export const EVENT_LIFETIME_MS = 48 * HOUR_MS;
