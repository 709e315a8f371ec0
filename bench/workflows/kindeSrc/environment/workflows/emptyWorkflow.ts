import { type WorkflowSettings, WorkflowTrigger } from "@kinde/infrastructure";

// Does nothing, to measure what a run costs before the workflow's first line.
export const workflowSettings: WorkflowSettings = {
  id: "empty",
  name: "Nothing",
  trigger: WorkflowTrigger.UserTokenGeneration,
};

export default async function emptyWorkflow() {}
