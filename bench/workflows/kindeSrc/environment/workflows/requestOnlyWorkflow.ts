import {
  fetch,
  getEnvironmentVariable,
  type onUserTokenGeneratedEvent,
  type WorkflowSettings,
  WorkflowTrigger,
} from "@kinde/infrastructure";

// Sends only the request of the profile workflow. The rest of that workflow's time is its own code.
export const workflowSettings: WorkflowSettings = {
  id: "requestOnly",
  name: "The request and nothing else",
  trigger: WorkflowTrigger.UserTokenGeneration,
  bindings: { "kinde.env": {}, "kinde.fetch": {} },
};

export default async function requestOnlyWorkflow(event: onUserTokenGeneratedEvent) {
  const url = getEnvironmentVariable("SUPABASE_URL")?.value;
  const apikey = getEnvironmentVariable("SUPABASE_SECRET_KEY")?.value ?? "";
  await fetch(
    `${url}/rest/v1/profiles?kinde_id=eq.${event.context.user.id}&select=kinde_id,lifetime_subscriber,profile_complete&limit=2`,
    { method: "GET", headers: { apikey, Accept: "application/json", "User-Agent": "bench" } },
  );
}
