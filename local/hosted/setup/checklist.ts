import type { HostedSettings } from "../settings.ts";

/** The work that no API can do, with the names that Kinde's dashboard uses. */
export function checklist({ KINDE_DOMAIN }: HostedSettings): string[] {
  const kinde = KINDE_DOMAIN === undefined ? "Kinde" : `Kinde (${KINDE_DOMAIN}/admin)`;
  return [
    `${kinde} > Settings > Environment > Git repo > Connect repo: choose your copy of this repository and its branch.`,
    'Kinde > Workflows > Sync code. The workflow "Profile claims from Supabase" appears, on the trigger User token generation.',
    "If its deployment is a draft: its ⋯ menu > Make live.",
    "Kinde > Users: give the permission grant:subscriptions to those who may open the back office.",
    "Sign in to your app once, then read the workflow's runtime log: outcome=found or outcome=missing means that it works.",
  ];
}
