import { basename, relative, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import { guessId } from "./guessId.ts";
import type { LoadedWorkflow } from "./loadWorkflow.ts";

/** Finds the workflow with that id or file. Without a name, the project's only workflow. */
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
  const found = workflows.find(({ file, settings: { id } }) => isMeantBy(name, { id, file }));
  if (found) return found;
  const broken = workflows.filter(({ failed, settings }) => failed && settings.id === "");
  const meant = mostLikely(broken, name);
  if (meant) return meant;
  throw new KindeError(
    "UNKNOWN_WORKFLOW",
    `The project has no workflow "${name}". It has: ${list(workflows)}.`,
  );
}

/**
 * The workflow that may have this id although it cannot be loaded: its id in the source is the same or
 * cannot be found. So the caller reports why it cannot be loaded, not that it does not exist.
 */
function mostLikely(broken: readonly LoadedWorkflow[], name: string): LoadedWorkflow | undefined {
  const guesses = broken.map((loaded) => ({ loaded, id: guessId(loaded.file) }));
  const found =
    guesses.find(({ id }) => id === name) ??
    guesses.find(({ loaded, id }) => id === undefined && isCalledAfter(loaded.file, name)) ??
    guesses.find(({ id }) => id === undefined);
  return found?.loaded;
}

function isCalledAfter(file: string, id: string): boolean {
  return basename(file).toLowerCase().startsWith(id.toLowerCase());
}

/** Whether a workflow is called by this name: its id or its file. */
export function isMeantBy(name: string, { id, file }: { id: string; file: string }): boolean {
  return id === name || isNamed(file, name);
}

/** A path, or the file's own name. On Windows two paths may differ in capital letters. */
export function isNamed(file: string, name: string): boolean {
  return basename(file) === name || relative(file, resolve(name)) === "";
}

function list(workflows: readonly LoadedWorkflow[]): string {
  return workflows.map(({ settings, file }) => settings.id || basename(file)).join(", ");
}
