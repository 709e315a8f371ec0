import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { User } from "./users.ts";
import { createEndpointHealth, isReceived, RETRY_AT_MS } from "./webhookSchedule.ts";

/** A hundred times as fast as Kinde, so that `npm run app` shows retries. */
const DEFAULT_TIME_SCALE = 0.01;

const ANSWER_LIMIT_MS = 5_000;

/** One attempt to deliver one event. */
export interface Delivery {
  readonly webhookId: string;
  readonly type: string;
  readonly userId: string;
  /** null: the endpoint did not answer. */
  readonly status: number | null;
}

export interface WebhookSender {
  readonly deliveries: readonly Delivery[];
  /** Whether Kinde no longer sends to the endpoint, because it failed for too long. */
  readonly isSwitchedOff: boolean;
  send(type: string, user: User): void;
  settled(): Promise<void>;
  stop(): void;
}

/**
 * Sends events as Kinde does. The body is a signed JWT, and `webhook-id` stays the same in every
 * retry. Only an answer with status 200 counts as received.
 */
export function createWebhookSender(options: {
  url: string | undefined;
  timeScale?: number | undefined;
  /** How long the endpoint may take to answer, in milliseconds. */
  answerLimitMs?: number;
  sign: (payload: Record<string, unknown>) => Promise<string>;
  log: (line: string) => void;
}): WebhookSender {
  const { url, sign, log, timeScale = DEFAULT_TIME_SCALE } = options;
  const { answerLimitMs = ANSWER_LIMIT_MS } = options;
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  /** Ends all deliveries, when the issuer stops or the endpoint is switched off. */
  const stopped = new AbortController();
  // Each event that is not received yet listens while it waits for its next attempt, and any number
  // of events may wait at once.
  setMaxListeners(0, stopped.signal);
  const health = createEndpointHealth(timeScale);

  async function deliver(to: string, type: string, user: User): Promise<void> {
    const webhookId = `msg_${randomUUID()}`;
    const body = await sign(eventOf(type, user));
    const start = performance.now();
    for (const at of RETRY_AT_MS) {
      const wait = Math.max(0, start + at * timeScale - performance.now());
      await delay(wait, undefined, { signal: stopped.signal, ref: false });
      const status = await post(to, webhookId, body);
      deliveries.push({ webhookId, type, userId: user.id, status });
      if (health.record(status) === "switched off" && !stopped.signal.aborted) {
        log(
          "the webhook endpoint was switched off: it has failed for a time that stands for 72 hours at Kinde",
        );
        stopped.abort();
      }
      if (isReceived(status)) return;
    }
    log(
      `webhook ${type} was given up after ${RETRY_AT_MS.length} attempts: the endpoint must answer with status 200`,
    );
  }

  async function post(to: string, webhookId: string, body: string): Promise<number | null> {
    // Not AbortSignal.any: in Node 20 a signal that it made can be collected before it fires, and
    // the request would never end.
    const request = new AbortController();
    const abort = () => request.abort();
    const timer = setTimeout(abort, answerLimitMs);
    stopped.signal.addEventListener("abort", abort);
    if (stopped.signal.aborted) abort();
    try {
      const response = await fetch(to, {
        method: "POST",
        headers: { "content-type": "application/jwt", "webhook-id": webhookId },
        body,
        redirect: "manual",
        signal: request.signal,
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      stopped.signal.removeEventListener("abort", abort);
    }
  }

  return {
    deliveries,
    get isSwitchedOff() {
      return health.isSwitchedOff;
    },
    send(type, user) {
      if (url === undefined || stopped.signal.aborted) return;
      const work = deliver(url, type, user)
        // Only `stopped` ends a delivery early.
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
