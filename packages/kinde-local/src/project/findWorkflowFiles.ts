import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { KindeError } from "../errors.ts";
import type { Project } from "./findProject.ts";

/** Kinde compares the lower-cased file name, so `myworkflow.ts` counts and `workflow.tsx` does not. */
export function isWorkflowFile(name: string): boolean {
  return /workflow\.[tj]s$/i.test(name);
}

export function workflowsFolder(project: Project): string {
  return join(project.rootDir, "environment", "workflows");
}

/** Every entry file, in the order of their paths. Symbolic links to folders are not followed. */
export function findWorkflowFiles(project: Project): string[] {
  return listFiles(workflowsFolder(project)).filter(isWorkflowFile);
}

/** All files below a folder, but not in folders that `skip` names; none when it does not exist. */
export function listFiles(folder: string, skip = (_name: string): boolean => false): string[] {
  const files: string[] = [];
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) files.push(path);
    else if (!skip(entry.name)) files.push(...listFiles(path, skip));
  }
  return files;
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new KindeError("UNREADABLE", `Listing ${folder} failed: ${message}. Check the folder.`);
  }
}
