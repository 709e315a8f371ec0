import { SCOPES_PLACE } from "../../clients/kindeCure.ts";
import type { HostedSettings } from "../../settings.ts";
import { kindeOf, type World } from "../../world.ts";
import { defineStep, KINDE } from "../step.ts";

/** The scopes that the steps need for these settings, and those that the relay needs at run time. */
export function scopesNeeded(settings: HostedSettings): string[] {
  const app = settings.KINDE_CLIENT_ID && settings.APP_URL;
  return [
    "update:user_refresh_claims",
    ...["read", "create", "update"].map((verb) => `${verb}:environment_variables`),
    ...(settings.WEBHOOK_URL ? ["read", "create", "update"].map((verb) => `${verb}:webhooks`) : []),
    ...["read:permissions", "create:permissions"],
    ...(app
      ? [
          "read:applications_redirect_uris",
          "create:applications_redirect_uris",
          "read:application_logout_uris",
          "create:application_logout_uris",
        ]
      : []),
    ...(settings.ACCESS_TOKEN_LIFETIME ? ["update:application_tokens"] : []),
  ];
}

export async function readScopes(world: World) {
  const granted = await kindeOf(world).scopes();
  return { missing: scopesNeeded(world.settings).filter((scope) => !granted.includes(scope)) };
}

export const scopesStep = defineStep({
  id: "kinde.scopes",
  title: "Scopes of the machine application",
  needs: KINDE,
  read: readScopes,
  decide: ({ missing }) =>
    missing.length === 0
      ? { action: "exists", detail: "all that are needed, update:user_refresh_claims included" }
      : { action: "manual", detail: `add ${missing.join(", ")}: ${SCOPES_PLACE}` },
});
