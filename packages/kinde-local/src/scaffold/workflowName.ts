import { KindeError } from "../errors.ts";

export interface WorkflowName {
  /** `workflowSettings.id`. */
  id: string;
  /** Start of the file's name, in camel case: `base` + `Workflow.ts`. */
  base: string;
}

/**
 * Makes the id and the file's name from what an author typed: `plan`, `enrich-claims`,
 * `planWorkflow` or `planWorkflow.ts`.
 *
 * @throws {KindeError} BAD_OPTION for a string that cannot be a name
 */
export function workflowName(typed: string): WorkflowName {
  const id = typed.replace(/\.[tj]s$/i, "").replace(/-?workflow$/i, "");
  if (!/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i.test(id) || id.length > 60) {
    throw new KindeError(
      "BAD_OPTION",
      `"${typed.slice(0, 100)}" cannot be the name of a workflow. Use letters, digits and hyphens, such as plan or enrich-claims.`,
    );
  }
  const base = id.replace(/[-_]([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
  return { id, base };
}
