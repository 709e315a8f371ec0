import { createWebhookHandler, type WebhookError } from "kinde-claims";
import { createSupabaseDeliveries } from "kinde-claims/supabase";
import { type Handler, handleWithSettings } from "../_shared/handleWithSettings.ts";
import { readKindeDomain } from "../_shared/readKindeDomain.ts";
import { readProject } from "../_shared/readProject.ts";
import type { ReadVariable } from "../_shared/readSetting.ts";
import { createProfileRows } from "./createProfileRows.ts";

const NAME = "kinde-webhook";

/**
 * Creates the handler of Kinde's webhooks: `user.created` makes the user's row, `user.deleted`
 * deletes it. Events and deleted users are remembered in the database, which all workers share. The
 * answer is 200 only when the work is done; after any other answer, Kinde sends the event again.
 */
export function createKindeWebhook({
  read,
  log,
}: {
  readonly read: ReadVariable;
  readonly log: (line: string) => void;
}): Handler {
  const make = (): Handler => {
    const issuer = readKindeDomain(read);
    const project = readProject(read);
    const rows = createProfileRows(project);
    return createWebhookHandler({
      issuer,
      deliveries: createSupabaseDeliveries(project),
      onUserCreated: ({ id }) => rows.ensure(id),
      onUserDeleted: ({ id }) => rows.remove(id),
      onError: (error) => log(`${NAME}: ${describe(error)}`),
    });
  };
  return handleWithSettings(make, { name: NAME, log });
}

function describe({ code, status, message, cause }: WebhookError): string {
  const reason = cause instanceof Error ? `${message} (${cause.message})` : message;
  const what = status < 500 ? "refused" : "failed";
  return `${what} code=${code} reason=${JSON.stringify(reason)}`;
}
