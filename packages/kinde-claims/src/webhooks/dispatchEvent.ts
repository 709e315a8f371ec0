import { isUserId } from "../users/isUserId.ts";
import type { KindeEvent, WebhookHandlerOptions, WebhookUser } from "./types.ts";
import { WebhookError } from "./WebhookError.ts";

/** The callbacks of the app, and the memory of deleted users. */
export type EventCallbacks = Pick<
  WebhookHandlerOptions,
  "onUserCreated" | "onUserDeleted" | "onEvent" | "deliveries"
>;

/**
 * Prepares the work that an event asks for. In whatever order the events of a user arrive, a deleted
 * user stays deleted: the deletion is remembered before it is done, and `user.created` looks for
 * that mark before it stores the user and after it.
 *
 * @returns the work, or undefined if the app does not want the event
 * @throws {WebhookError} if an event about a user does not name one
 */
export function dispatchEvent(
  event: KindeEvent,
  { onUserCreated, onUserDeleted, onEvent, deliveries }: EventCallbacks,
): (() => Promise<void>) | undefined {
  if (event.type === "user.deleted") {
    const user = readUser(event);
    return async () => {
      await deliveries.markUserDeleted(user.id);
      await onUserDeleted(user, event);
    };
  }
  if (event.type === "user.created") {
    const user = readUser(event);
    return async () => {
      if (!(await deliveries.isUserDeleted(user.id))) await onUserCreated(user, event);
      // Deleted before, meanwhile, or before an earlier attempt at this event that failed here.
      if (await deliveries.isUserDeleted(user.id)) await onUserDeleted(user, event);
    };
  }
  return onEvent && (async () => void (await onEvent(event)));
}

function readUser({ data }: KindeEvent): WebhookUser {
  const user = Object(data.user) as Readonly<Record<string, unknown>>;
  if (!isUserId(user.id)) throw new WebhookError("NOT_AN_EVENT", "it names no user");
  return { ...user, id: user.id };
}
