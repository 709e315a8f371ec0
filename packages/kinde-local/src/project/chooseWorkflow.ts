import { existsSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import { guessId } from "./guessId.ts";
import type { LoadedWorkflow } from "./loadWorkflow.ts";

/** Finds the workflow with this id or file. Without a name, returns the project's only workflow. */
export function chooseWorkflow(
  workflows: readonly LoadedWorkflow[],
  name: string | undefined,
): LoadedWorkflow {
  const [only, ...others] = workflows;
  if (!only) {
    throw new KindeError(
      "NO_WORKFLOWS",
      "The project has no workflow: no file under <rootDir>/environment/workflows has a name that ends in Workflow.ts or Workflow.js. Create one, or rename your file.",
    );
  }
  if (name === undefined) {
    if (others.length === 0) return only;
    throw new KindeError(
      "AMBIGUOUS_WORKFLOW",
      `The project has ${workflows.length} workflows; name one: ${list(workflows)}.`,
    );
  }
  const meant = workflowsNamed(
    workflows.map((loaded) => ({ loaded, id: loaded.settings.id, file: loaded.file })),
    name,
  );
  if (meant.length > 1) {
    throw new KindeError(
      "AMBIGUOUS_WORKFLOW",
      `The project has ${meant.length} workflows "${name}". Name one by its path: ${meant.map(({ file }) => file).join(", ")}.`,
    );
  }
  if (meant[0]) return meant[0].loaded;
  const broken = workflows.filter(({ failed, settings }) => failed && settings.id === "");
  const likely = mostLikely(broken, name);
  if (likely) return likely;
  throw unknownWorkflow(name, workflows);
}

function unknownWorkflow(name: string, workflows: readonly LoadedWorkflow[]): KindeError {
  const isFile = /[\\/.]/.test(name) && existsSync(name);
  const reason = isFile
    ? `The file ${name} is not a workflow of the project: it is not in <rootDir>/environment/workflows, or its name does not end in Workflow.ts or Workflow.js.`
    : `The project has no workflow "${name}".`;
  return new KindeError("UNKNOWN_WORKFLOW", `${reason} The project has: ${list(workflows)}.`);
}

/**
 * Finds a workflow that cannot be loaded and may have this id: the id in its source is the same, or
 * cannot be found. Then the caller can report why the workflow cannot be loaded, not that it does
 * not exist.
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

/** Returns the workflows with this path, or else with this id or file name. */
export function workflowsNamed<T extends { id: string; file: string }>(
  workflows: readonly T[],
  name: string,
): T[] {
  const files = filesNamed(
    workflows.map(({ file }) => file),
    name,
  );
  const isPath = files.length === 1 && isSamePath(files[0] ?? "", name);
  return workflows.filter(({ id, file }) => files.includes(file) || (!isPath && id === name));
}

/** Returns the file with this path, or else all files with this name. */
export function filesNamed(files: readonly string[], name: string): string[] {
  const exact = files.filter((file) => isSamePath(file, name));
  return exact.length > 0 ? exact : files.filter((file) => basename(file) === name);
}

/** Whether two paths lead to the same file. On Windows, upper and lower case make no difference. */
function isSamePath(file: string, name: string): boolean {
  return relative(file, resolve(name)) === "";
}

function list(workflows: readonly LoadedWorkflow[]): string {
  return workflows.map(({ settings, file }) => settings.id || basename(file)).join(", ");
}
