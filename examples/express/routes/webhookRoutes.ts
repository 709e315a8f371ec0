import type { RequestHandler } from "express";
import { createWebhookHandler, type Deliveries, type WebhookError } from "kinde-claims";
import { webhookRoute } from "kinde-claims/express";
import type { AdminProfiles } from "../profiles/adminProfiles.ts";

/**
 * Receives Kinde's webhooks: `user.created` makes the row, `user.deleted` ends the user's sessions
 * and removes the row.
 *
 * @param parts.endSessions ends all sessions of a user who was deleted
 */
export function webhookRoutes(parts: {
  issuer: string;
  profiles: Pick<AdminProfiles, "ensure" | "remove">;
  deliveries: Deliveries;
  endSessions: (userId: string) => Promise<void>;
  log: (line: string) => void;
}): RequestHandler {
  const { issuer, profiles, deliveries, endSessions, log } = parts;
  return webhookRoute(
    createWebhookHandler({
      issuer,
      deliveries,
      onUserCreated: ({ id }) => profiles.ensure(id),
      async onUserDeleted({ id }) {
        // The sessions must end even if the row cannot be removed now: the access token stays valid
        // for up to a day.
        await endSessions(id);
        await profiles.remove(id);
      },
      onError: (error) => log(describe(error)),
    }),
  );
}

function describe({ code, status, message, cause }: WebhookError): string {
  const reason = cause instanceof Error ? `${message} (${cause.message})` : message;
  const what = status === 503 ? "failed" : "refused";
  return `webhook ${what} code=${code} reason=${JSON.stringify(reason)}`;
}
