import { type WorkflowSettings, WorkflowTrigger } from "@kinde/infrastructure";

// Does nothing, to measure the time of a run without the workflow's own code.
export const workflowSettings: WorkflowSettings = {
  id: "empty",
  name: "Nothing",
  trigger: WorkflowTrigger.UserTokenGeneration,
};

export default async function emptyWorkflow() {}
