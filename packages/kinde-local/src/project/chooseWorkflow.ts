import { basename, relative, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import type { LoadedWorkflow } from "./loadWorkflow.ts";

/** The workflow with that id or file; without a name, the only one. */
export function chooseWorkflow(
  workflows: readonly LoadedWorkflow[],
  name: string | undefined,
): LoadedWorkflow {
  const [only, ...others] = workflows;
  if (!only) {
    throw new KindeError(
      "NO_WORKFLOWS",
      "Found no workflow: Kinde takes files under <rootDir>/environment/workflows whose name ends in Workflow.ts or Workflow.js, and there is none. Create one, or rename the file you meant.",
    );
  }
  if (name === undefined) {
    if (others.length === 0) return only;
    throw new KindeError(
      "AMBIGUOUS_WORKFLOW",
      `The project has ${workflows.length} workflows; name one: ${list(workflows)}.`,
    );
  }
  const found = workflows.find(({ file, settings }) => settings.id === name || isNamed(file, name));
  if (found) return found;
  throw new KindeError(
    "UNKNOWN_WORKFLOW",
    `The project has no workflow "${name}". It has: ${list(workflows)}.`,
  );
}

/** A path, or the file's own name. On Windows two paths may differ in capital letters. */
export function isNamed(file: string, name: string): boolean {
  return basename(file) === name || relative(file, resolve(name)) === "";
}

function list(workflows: readonly LoadedWorkflow[]): string {
  return workflows.map(({ settings, file }) => settings.id || basename(file)).join(", ");
}
