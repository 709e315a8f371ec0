import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { KindeError } from "../errors.ts";
import { type PackageInfo, packageInfo } from "../packageInfo.ts";
import { listFiles } from "../project/findWorkflowFiles.ts";
import { readRegularFile } from "../readRegularFile.ts";
import type { WorkflowInfo } from "../types.ts";
import { ciFile, repositoryRoot } from "./ciFile.ts";
import { mergePackageJson } from "./mergePackageJson.ts";
import { projectFiles } from "./projectFiles.ts";
import { readPackage } from "./readPackage.ts";
import { detectRunner, type Runner } from "./runners.ts";
import { existingWorkflowTest, type Tried } from "./testText.ts";
import { addConfiguration } from "./vscode/addConfiguration.ts";
import { LAUNCH_PATH, launchFile } from "./vscode/launchFile.ts";
import { type NewFile, writeNewFiles } from "./writeNewFiles.ts";

export interface Initialised {
  /** The project's folder. */
  folder: string;
  written: string[];
  /** Existing files to which missing parts were added. */
  changed: string[];
  left: { path: string; why: string }[];
}

export interface InitOrder {
  folder: string;
  workflows: readonly WorkflowInfo[];
  runner?: Runner;
  /** Runs a workflow once, without variables and without a network. */
  attempt: (workflow: WorkflowInfo) => Promise<Tried | null>;
}

/**
 * Adds what is missing: tests, scripts, tsconfig.json, a CI workflow and VS Code's configuration.
 */
export async function initProject(order: InitOrder): Promise<Initialised> {
  const { folder } = order;
  const result: Initialised = { folder, written: [], changed: [], left: [] };
  const runner = order.runner ?? detectRunner(readPackage(folder));
  addPackage(result, packageInfo(), runner);
  addFiles(result, folder, around(folder, runner));
  addLaunch(result);
  const root = repositoryRoot(folder);
  const ci = ciFile(folder, root);
  if (ci) addFiles(result, root, [ci]);
  else leave(result, ".github/workflows", "a workflow there runs kinde-local already");
  for (const workflow of order.workflows) await addTest(result, order, workflow, runner);
  return result;
}

/** Returns the files of a new project that an older project may lack. */
function around(folder: string, runner: Runner): NewFile[] {
  const wanted = ["tsconfig.json"];
  return projectFiles(folder, packageInfo(), runner).filter(({ path }) => wanted.includes(path));
}

function addPackage(result: Initialised, own: PackageInfo, runner: Runner): void {
  const path = "package.json";
  const file = join(result.folder, path);
  if (!existsSync(file)) {
    const made = projectFiles(result.folder, own, runner).filter((made) => made.path === path);
    addFiles(result, result.folder, made);
    return;
  }
  let merged: string | null;
  try {
    merged = mergePackageJson(readRegularFile(file), own, runner);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError("BAD_INPUT", `${file} cannot be read as JSON: ${reason}. Fix the file.`);
  }
  if (merged === null) leave(result, path, "it has the scripts and kinde-local already");
  else change(result, path, merged);
}

function addLaunch(result: Initialised): void {
  const file = join(result.folder, LAUNCH_PATH);
  if (!existsSync(file)) {
    addFiles(result, result.folder, [launchFile()]);
    return;
  }
  const added = addConfiguration(readRegularFile(file));
  if (added.state === "added") change(result, LAUNCH_PATH, added.text);
  else if (added.state === "present")
    leave(result, LAUNCH_PATH, "it has the configuration already");
  else leave(result, LAUNCH_PATH, `${added.why}, so add the configuration by hand`);
}

async function addTest(
  result: Initialised,
  { folder, attempt }: InitOrder,
  workflow: WorkflowInfo,
  runner: Runner,
): Promise<void> {
  const base = basename(workflow.file).replace(/\.[tj]s$/i, "");
  const known = testsIn(folder).find((file) => basename(file).startsWith(`${base}.`));
  if (known !== undefined) return leave(result, base, `${basename(known)} tests it already`);
  const tried = workflow.id === "" ? null : await attempt(workflow);
  if (tried === null) return leave(result, base, "it cannot be loaded; kinde-local check says why");
  const facts = readPackage(folder);
  const test = existingWorkflowTest({ runner, facts, base, id: workflow.id }, tried);
  addFiles(result, folder, [test]);
}

function testsIn(folder: string): string[] {
  const isSkipped = (name: string): boolean => name === "node_modules" || name.startsWith(".");
  return listFiles(folder, isSkipped).filter((file) => /\.(?:test|spec)\.[cm]?[jt]s$/.test(file));
}

function addFiles(result: Initialised, base: string, files: readonly NewFile[]): void {
  const { written, left } = writeNewFiles(base, files);
  const shown = (path: string): string => (base === result.folder ? path : join(base, path));
  result.written.push(...written.map(shown));
  for (const path of left) leave(result, shown(path), WHY_LEFT[path] ?? "it exists");
}

const WHY_LEFT: Readonly<Record<string, string>> = {
  "tsconfig.json":
    'it exists; add "extends": "kinde-local/tsconfig.json" to use the types of the engine',
};

function change(result: Initialised, path: string, text: string): void {
  writeFileSync(join(result.folder, path), text);
  result.changed.push(path);
}

function leave(result: Initialised, path: string, why: string): void {
  result.left.push({ path, why });
}
