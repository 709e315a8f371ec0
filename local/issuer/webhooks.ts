import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { User } from "./users.ts";

/** Kinde's schedule (0 s, 5 s, 30 s, 2 min, …), a hundred times as fast and cut short. */
export const RETRY_AFTER_MS = [0, 50, 300, 1_200, 6_000];

const ANSWER_LIMIT_MS = 5_000;

/** One attempt to deliver one event. */
export interface Delivery {
  readonly webhookId: string;
  readonly type: string;
  readonly userId: string;
  /** null: no answer. */
  readonly status: number | null;
}

export interface WebhookSender {
  readonly deliveries: readonly Delivery[];
  send(type: string, user: User): void;
  settled(): Promise<void>;
  stop(): void;
}

/**
 * Sends events as Kinde does: the body is a signed JWT, `webhook-id` stays the same in every retry,
 * and an answer that is not 2xx is retried.
 */
export function createWebhookSender(options: {
  url: string | undefined;
  retryAfterMs?: readonly number[] | undefined;
  sign: (payload: Record<string, unknown>) => Promise<string>;
  log: (line: string) => void;
}): WebhookSender {
  const { url, sign, log, retryAfterMs = RETRY_AFTER_MS } = options;
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function deliver(to: string, type: string, user: User): Promise<void> {
    const webhookId = `msg_${randomUUID()}`;
    const body = await sign(eventOf(type, user));
    for (const ms of retryAfterMs) {
      await delay(ms, undefined, { signal: stopped.signal, ref: false });
      const status = await post(to, webhookId, body);
      deliveries.push({ webhookId, type, userId: user.id, status });
      if (status !== null && status >= 200 && status < 300) return;
    }
    log(`webhook ${type} was given up after ${retryAfterMs.length} attempts`);
  }

  async function post(to: string, webhookId: string, body: string): Promise<number | null> {
    try {
      const response = await fetch(to, {
        method: "POST",
        headers: { "content-type": "application/jwt", "webhook-id": webhookId },
        body,
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }

  return {
    deliveries,
    send(type, user) {
      if (url === undefined) return;
      const work = deliver(url, type, user)
        // Only stop() ends a delivery early.
        .catch(() => undefined)
        .finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
}

function eventOf(type: string, user: User): Record<string, unknown> {
  const now = new Date().toISOString();
  return {
    type,
    source: type === "user.deleted" ? "admin" : "user",
    event_id: `event_${randomUUID()}`,
    event_timestamp: now,
    timestamp: now,
    data: {
      user: {
        id: user.id,
        email: user.email,
        first_name: user.givenName,
        last_name: user.familyName,
        is_suspended: false,
        organizations: [],
        phone: null,
        username: null,
      },
    },
  };
}
