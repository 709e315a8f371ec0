import { KINDE } from "../../../setup/step.ts";
import { readWebhook, webhookStep, webhookUrl } from "../../../setup/steps/webhook.ts";
import { type Check, failed, failedUntilSetup, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

const TIME_LIMIT_MS = 30_000;

export const webhookCheck: Check = {
  code: "KINDE_WEBHOOK",
  title: "Webhook",
  why: "Without it, new users get no row, and rows of deleted users stay.",
  needs: [...KINDE, "WEBHOOK_URL"],
  leftOut: webhookStep.leftOut,
  uses: ["kindeApi"],
  async examine(world) {
    const { url, webhook, missing } = await remember(world, readWebhook);
    if (webhook === undefined) return failedUntilSetup(`Kinde has no webhook for ${url}`);
    if (missing.length > 0) return failedUntilSetup(`${url} does not get ${missing.join(", ")}`);
    return ok(`user.created and user.deleted go to ${url}`);
  },
};

export const webhookEndpointCheck: Check = {
  code: "KINDE_WEBHOOK_ENDPOINT",
  title: "The webhook's address",
  why: "Kinde switches off an address that fails for 72 hours. The address must refuse what Kinde did not sign.",
  needs: ["WEBHOOK_URL"],
  leftOut: ({ WEBHOOK_URL }) =>
    WEBHOOK_URL === "function" ? "SUPABASE_KINDE_WEBHOOK checks the function" : undefined,
  uses: [],
  async examine(world) {
    const url = webhookUrl(world);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/jwt", "webhook-id": "doctor" },
      body: "not a webhook",
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    }).catch(() => undefined);
    await response?.body?.cancel();
    const status = response?.status;
    const deploy = "Deploy the app or the function there, or correct WEBHOOK_URL.";
    if (status === undefined) return failed(`${url} did not answer`, deploy);
    if ([400, 401, 403, 415, 422].includes(status)) {
      return ok(`it refuses a request without Kinde's signature (${status})`);
    }
    if (status < 300) {
      const cure =
        "Verify Kinde's signature there, for example with createWebhookHandler of kinde-claims.";
      return failed(`it accepts a request without Kinde's signature (${status})`, cure);
    }
    return failed(`it answered ${status}`, status === 404 ? deploy : `Read its log. ${deploy}`);
  },
};
