import { existsSync, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import type { Trigger } from "../events/sampleEvents.ts";
import { packageInfo } from "../packageInfo.ts";
import { findKindeProject } from "../project/findProject.ts";
import { projectFolder } from "../project/projectFolder.ts";
import type { WorkflowInfo } from "../types.ts";
import { toPosix } from "./paths.ts";
import { projectFiles } from "./projectFiles.ts";
import { readPackage } from "./readPackage.ts";
import { detectRunner, type PackageFacts, type Runner } from "./runners.ts";
import { newWorkflowTest } from "./testText.ts";
import { launchFile } from "./vscode/launchFile.ts";
import { type WorkflowName, workflowName } from "./workflowName.ts";
import { workflowText } from "./workflowText.ts";
import { type NewFile, refuseExisting, type Written, writeNewFiles } from "./writeNewFiles.ts";

export interface WorkflowOrder {
  /** The project's folder, a folder below it, or a folder without a project. */
  start: string;
  trigger: Trigger;
  name: string;
  /** By default the runner that package.json names, otherwise Node's own. */
  runner?: Runner;
  /** The workflows that the project has already. */
  existing: readonly WorkflowInfo[];
}

export interface Created extends Written {
  /** The project's folder. */
  folder: string;
  /** Whether the folder had no project before. */
  isNewProject: boolean;
}

/** Writes a workflow and its test. In a folder without a project, it also writes the project. */
export function createWorkflow(order: WorkflowOrder): Created {
  const name = workflowName(order.name);
  refuseDuplicate(name.id, order);
  const start = resolve(order.start);
  mkdirSync(start, { recursive: true });
  const folder = projectFolder(start);
  const root = folder ?? start;
  const facts = packageFacts(root, folder === null);
  const runner = order.runner ?? detectRunner(facts);
  const own = workflowFiles(root, order.trigger, name, runner, facts);
  refuseExisting(root, own);
  const around =
    folder === null ? [...projectFiles(root, packageInfo(), runner), launchFile()] : [];
  return {
    folder: root,
    isNewProject: folder === null,
    ...writeNewFiles(root, [...around, ...own]),
  };
}

/**
 * Reads the facts of package.json. If `new` is going to write that file, it will have `"type":
 * "module"`.
 */
function packageFacts(root: string, isNewProject: boolean): PackageFacts {
  const willBeWritten = isNewProject && !existsSync(join(root, "package.json"));
  return willBeWritten ? { isModule: true, dependencies: [] } : readPackage(root);
}

function workflowFiles(
  root: string,
  trigger: Trigger,
  name: WorkflowName,
  runner: Runner,
  facts: PackageFacts,
): NewFile[] {
  const source =
    projectFolder(root) === null ? "kindeSrc" : relative(root, findKindeProject(root).rootDir);
  const path = `${toPosix(source)}/environment/workflows/${name.base}/${name.base}Workflow.ts`;
  const test = { runner, facts, base: `${name.base}Workflow`, id: name.id };
  return [{ path, text: workflowText(trigger, name) }, newWorkflowTest(trigger, test)];
}

function refuseDuplicate(id: string, { trigger, existing }: WorkflowOrder): void {
  const sameTrigger = existing.find((workflow) => workflow.trigger === trigger);
  if (sameTrigger) {
    throw new KindeError(
      "BAD_INPUT",
      `The project has a workflow for ${trigger} already: ${sameTrigger.file}. Kinde allows one workflow for each trigger, so add your code to that workflow.`,
    );
  }
  const sameId = existing.find((workflow) => workflow.id === id);
  if (!sameId) return;
  throw new KindeError(
    "BAD_INPUT",
    `The project has a workflow with the id "${id}" already: ${sameId.file}. Choose another name.`,
  );
}
