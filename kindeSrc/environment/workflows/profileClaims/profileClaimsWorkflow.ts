import {
  type onUserTokenGeneratedEvent,
  type WorkflowSettings,
  WorkflowTrigger,
} from "@kinde/infrastructure";
import { addProfileClaims } from "./profileClaims.ts";

/** Kinde reads these settings at "Sync code", before any binding exists: use only plain data. */
export const workflowSettings: WorkflowSettings = {
  id: "profileClaims",
  name: "Profile claims from Supabase",
  trigger: WorkflowTrigger.UserTokenGeneration,
  // An outage of Supabase must not stop sign-ins: the token is issued with both claims false.
  failurePolicy: { action: "continue" },
  bindings: {
    "kinde.accessToken": {},
    "kinde.env": {},
    "kinde.fetch": {},
    console: {},
  },
};

export default async function profileClaimsWorkflow(event: onUserTokenGeneratedEvent) {
  await addProfileClaims(event);
}
