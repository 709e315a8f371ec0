import type { HostedSettings } from "../../settings.ts";
import { kindeOf, settingOf, type World } from "../../world.ts";
import { defineStep, KINDE } from "../step.ts";

const EVENTS = ["user.created", "user.deleted"] as const;

/** Where Kinde sends its events: the edge function, or the app. */
export function webhookUrl(world: Pick<World, "settings">): string {
  const url = settingOf(world, "WEBHOOK_URL");
  return url === "function"
    ? `${settingOf(world, "SUPABASE_URL")}/functions/v1/kinde-webhook`
    : url;
}

export async function readWebhook(world: World) {
  const url = webhookUrl(world);
  const webhook = (await kindeOf(world).webhooks()).find(({ endpoint }) => endpoint === url);
  return { url, webhook, missing: EVENTS.filter((event) => !webhook?.event_types.includes(event)) };
}

export const webhookStep = defineStep({
  id: "kinde.webhook",
  title: "Webhook",
  needs: [...KINDE, "WEBHOOK_URL"],
  leftOut: ({ WEBHOOK_URL, SUPABASE_URL }: HostedSettings) =>
    WEBHOOK_URL === "function" && SUPABASE_URL === undefined
      ? "needs SUPABASE_PROJECT_REF, since WEBHOOK_URL is function"
      : undefined,
  read: readWebhook,
  decide({ url, webhook, missing }) {
    if (webhook === undefined)
      return { action: "create", detail: `${EVENTS.join(", ")} to ${url}` };
    if (missing.length > 0)
      return { action: "change", detail: `add ${missing.join(", ")} to ${url}` };
    return { action: "exists", detail: url };
  },
  async apply({ url, webhook, missing }, world) {
    if (webhook === undefined) {
      const about = { name: "Profile rows", description: "Makes and deletes the rows of users" };
      await kindeOf(world).createWebhook({ ...about, endpoint: url, event_types: [...EVENTS] });
    } else {
      const event_types = [...webhook.event_types, ...missing];
      await kindeOf(world).changeWebhook(webhook.id, { event_types });
    }
  },
});
