import { createRemoteJWKSet, jwtVerify } from "jose";
import { keysAreMissing } from "../tokens/keysAreMissing.ts";

/** What Kinde says happened. */
export interface KindeEvent {
  readonly type: string;
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The body is no event of this Kinde: no retry will make it one. */
export class WebhookRefused extends Error {
  override name = "WebhookRefused";
}

export type VerifyWebhook = (body: string) => Promise<KindeEvent>;

/**
 * Makes the function that checks a webhook's body: a JWT signed with one of the tenant's keys.
 *
 * The same keys sign the tokens that every user holds, so a good signature alone is not enough: a
 * token has the claims `azp` or `sub`, an event has `type`, `event_id` and `data`. Kinde documents no
 * `iss` for events; where there is one it must be right.
 *
 * @param issuer the Kinde domain
 * @throws WebhookRefused; any other error means that the keys could not be fetched
 */
export function createWebhookVerifier(issuer: string): VerifyWebhook {
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer), {
    timeoutDuration: 3_000,
  });
  return async (body) => {
    const claims = await verify(body.trim());
    const { type, event_id: eventId, data, iss, azp, sub } = claims;
    if (iss !== undefined && iss !== issuer) throw new WebhookRefused("it is of another issuer");
    if (azp !== undefined || sub !== undefined) throw new WebhookRefused("it is a token, no event");
    if (typeof type !== "string" || typeof eventId !== "string" || !isRecord(data)) {
      throw new WebhookRefused("type, event_id or data is missing");
    }
    return { type, eventId, data };
  };

  async function verify(jwt: string): Promise<Record<string, unknown>> {
    try {
      return (await jwtVerify(jwt, keys, { algorithms: ["RS256"] })).payload;
    } catch (error) {
      if (keysAreMissing(error)) throw error;
      throw new WebhookRefused("its signature is not this tenant's", { cause: error });
    }
  }
}

/** The id of the user an event is about. */
export function userIdOf(event: KindeEvent): string {
  const user = event.data.user;
  const id = isRecord(user) ? user.id : undefined;
  if (typeof id !== "string" || !/^kp[_:][\w-]{1,125}$/.test(id)) {
    throw new WebhookRefused("it names no user");
  }
  return id;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
