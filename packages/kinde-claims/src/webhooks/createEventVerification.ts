import type { JWTPayload } from "jose";
import { KeySetUnavailableError } from "../errors/KeySetUnavailableError.ts";
import type { RequestOptions } from "../options/RequestOptions.ts";
import { createJwtVerification } from "../tokens/createJwtVerification.ts";
import { EVENT_LIFETIME_MS } from "./Deliveries.ts";
import type { KindeEvent } from "./types.ts";
import { WebhookError } from "./WebhookError.ts";

/**
 * Creates the function that verifies the body of a webhook: a JWT that one of the tenant's keys
 * signed (RS256).
 *
 * The same keys sign the tokens that users hold, so a valid signature is not enough: a token has
 * `azp` or `sub`, an event has `type`, `event_id` and `data`. Kinde does not document `iss` for
 * events; if an event has `iss`, it must be the issuer.
 *
 * @returns a function that throws `WebhookError`
 */
export function createEventVerification(
  issuer: string,
  options: RequestOptions,
): (body: string) => Promise<KindeEvent> {
  const verifyJwt = createJwtVerification(issuer, options);
  return async (body) => {
    const payload = await verifyJwt(body.trim()).catch((cause: unknown) => {
      const isUnavailable = cause instanceof KeySetUnavailableError;
      const code = isUnavailable ? "KEY_SET_UNAVAILABLE" : "BAD_SIGNATURE";
      throw new WebhookError(code, undefined, { cause });
    });
    if (payload.iss !== undefined && payload.iss !== issuer) throw new WebhookError("WRONG_ISSUER");
    const event = readEvent(payload);
    if (event.occurredAt.getTime() < Date.now() - EVENT_LIFETIME_MS) {
      throw new WebhookError("TOO_OLD");
    }
    return event;
  };
}

function readEvent(payload: JWTPayload): KindeEvent {
  const { type, event_id: eventId, data, azp, sub } = payload;
  if (azp !== undefined || sub !== undefined)
    throw new WebhookError("NOT_AN_EVENT", "it is a user's or a machine's token");
  if (
    typeof type !== "string" ||
    typeof eventId !== "string" ||
    eventId === "" ||
    !isRecord(data)
  ) {
    throw new WebhookError("NOT_AN_EVENT", "type, event_id or data is missing");
  }
  const time = payload.event_timestamp ?? payload.timestamp;
  const occurredAt = new Date(typeof time === "string" ? time : Number.NaN);
  // An event without a time never becomes too old: a copy of it would be accepted again after
  // `Deliveries` forgot the event.
  if (Number.isNaN(occurredAt.getTime())) {
    throw new WebhookError("NOT_AN_EVENT", "event_timestamp is missing");
  }
  return { type, eventId, occurredAt, data };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
