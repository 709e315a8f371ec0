import type { RequestOptions } from "../options/RequestOptions.ts";
import type { Deliveries } from "./Deliveries.ts";
import type { WebhookError } from "./WebhookError.ts";

/** An event of Kinde. Its signature, its form and its age were checked. */
export interface KindeEvent {
  /** `user.created`, `organization.updated`, … */
  readonly type: string;
  /** Stays the same when Kinde sends the event again. */
  readonly eventId: string;
  readonly occurredAt: Date;
  /** What the event is about. Its form depends on the type and was not checked. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The user that an event is about. Only `id` was checked. */
export interface WebhookUser {
  readonly id: string;
  readonly [member: string]: unknown;
}

export interface WebhookHandlerOptions extends RequestOptions {
  /** The Kinde domain, `https://example.kinde.com`. */
  readonly issuer: string;
  /**
   * Stores the new user. Must be safe to repeat: it is called again if something fails after it.
   * Not called for a user whose `user.deleted` came before.
   */
  readonly onUserCreated: (user: WebhookUser, event: KindeEvent) => unknown;
  /** Deletes the user. Must be safe to repeat, also for a user who was never stored. */
  readonly onUserDeleted: (user: WebhookUser, event: KindeEvent) => unknown;
  /**
   * Receives the events of all other types. Without `onEvent`, they are accepted and ignored. An
   * event about a deleted user may come late: do not store a user because of `user.updated`.
   */
  readonly onEvent?: ((event: KindeEvent) => unknown) | undefined;
  /** Remembers handled events and deleted users. For one process: `createMemoryDeliveries()`. */
  readonly deliveries: Deliveries;
  /**
   * Receives each error that was answered with another status than 200, for the log. The answer
   * does not wait for it.
   */
  readonly onError?: ((error: WebhookError) => unknown) | undefined;
}

/** Handles one webhook request. It never rejects. */
export type WebhookHandler = (request: Request) => Promise<Response>;
