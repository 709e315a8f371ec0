import { HostedApiError } from "../../clients/HostedApiError.ts";
import { supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

/** The role that reads three columns, and the name of its key. */
export const WORKFLOW_ROLE = "kinde_workflow";

/** The secret key whose requests run as the workflow's role; without its value. */
export async function readWorkflowKey(world: World) {
  const keys = await supabaseOf(world).apiKeys();
  const key = keys.find(
    ({ type, secret_jwt_template }) =>
      type === "secret" && secret_jwt_template?.role === WORKFLOW_ROLE,
  );
  const isNameTaken = keys.some(({ type, name }) => type === "secret" && name === WORKFLOW_ROLE);
  return { key, isNameTaken };
}

export const workflowKeyStep = defineStep({
  id: "supabase.workflowKey",
  title: "Secret key of the role kinde_workflow",
  needs: SUPABASE,
  read: readWorkflowKey,
  decide({ key, isNameTaken }) {
    if (key) return { action: "exists", detail: `the key ${key.name}` };
    if (isNameTaken) {
      const detail =
        "a secret key named kinde_workflow has another role: rename or delete it in the dashboard, under Project settings > API keys";
      return { action: "manual", detail };
    }
    return { action: "create", detail: "it can read three columns and nothing else" };
  },
  async apply(_, world) {
    try {
      await supabaseOf(world).createApiKey({
        type: "secret",
        name: WORKFLOW_ROLE,
        description: "For the Kinde workflow",
        secret_jwt_template: { role: WORKFLOW_ROLE },
      });
    } catch (error) {
      if (!(error instanceof HostedApiError) || error.code !== "REFUSED") throw error;
      const { message, ...about } = error;
      const cure =
        "If this project cannot have a key with a role, use a JWT of the role: docs/production.md, A JWT of the role kinde_workflow.";
      throw new HostedApiError({ ...about, cure }, `it answered ${error.status}`);
    }
  },
});
