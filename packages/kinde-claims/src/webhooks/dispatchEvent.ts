import { isUserId } from "../users/isUserId.ts";
import type { KindeEvent, WebhookHandlerOptions, WebhookUser } from "./types.ts";
import { WebhookError } from "./WebhookError.ts";

/** The callbacks of the app, and the memory of deleted users. */
export type EventCallbacks = Pick<
  WebhookHandlerOptions,
  "onUserCreated" | "onUserDeleted" | "onEvent" | "deliveries"
>;

/**
 * Prepares the work that an event asks for. A deleted user stays deleted, whatever the order in
 * which the events arrive: `user.deleted` marks the user as deleted before it deletes the user, and
 * `user.created` checks for this mark before and after it stores the user.
 *
 * @returns the work, or undefined if the app has no callback for the event
 * @throws {WebhookError} if `user.created` or `user.deleted` has no valid user id
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
      // The user may be stored although it was deleted: it was deleted during `onUserCreated`, or
      // an earlier attempt at this event stored it and then failed in the next line.
      if (await deliveries.isUserDeleted(user.id)) await onUserDeleted(user, event);
    };
  }
  return onEvent && (async () => void (await onEvent(event)));
}

function readUser({ data }: KindeEvent): WebhookUser {
  const user = Object(data.user) as Readonly<Record<string, unknown>>;
  if (!isUserId(user.id)) throw new WebhookError("NOT_AN_EVENT", "it has no valid user id");
  return { ...user, id: user.id };
}
