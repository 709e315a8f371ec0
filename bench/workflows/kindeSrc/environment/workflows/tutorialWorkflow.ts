import {
  accessTokenCustomClaims,
  fetch,
  getEnvironmentVariable,
  type onUserTokenGeneratedEvent,
  type WorkflowSettings,
  WorkflowTrigger,
} from "@kinde/infrastructure";

// The workflow that Kinde's tutorial describes, in our words and with the same choices: no failure
// policy, the public key, the unchecked id, every column, a claim only if there is a row. Its table
// has another name here, so that one database can hold both tables.
export const workflowSettings: WorkflowSettings = {
  id: "tutorial",
  name: "The tutorial's workflow",
  trigger: WorkflowTrigger.UserTokenGeneration,
  bindings: {
    "kinde.accessToken": {},
    "kinde.env": {},
    "kinde.fetch": {},
    console: {},
  },
};

export default async function tutorialWorkflow(event: onUserTokenGeneratedEvent) {
  const url = getEnvironmentVariable("SUPABASE_URL")?.value;
  const key = getEnvironmentVariable("SUPABASE_ANON_KEY")?.value ?? "";
  const { data } = await fetch<{ data: { lifetime_subscriber: boolean }[] }>(
    `${url}/rest/v1/tutorial_profiles?kinde_id=eq.${event.context.user.id}&select=*`,
    { method: "GET", headers: { apikey: key, Authorization: `Bearer ${key}` } },
  );
  if (data.length > 0) {
    const claims = accessTokenCustomClaims<{ lifetime_subscriber: boolean | undefined }>();
    claims.lifetime_subscriber = data[0]?.lifetime_subscriber;
  }
}
