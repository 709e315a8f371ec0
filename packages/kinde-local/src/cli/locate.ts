import { existsSync } from "node:fs";
import { projectFolder } from "../project/projectFolder.ts";

/**
 * Returns the folder or file to load. If the current folder has no project, the path of a workflow
 * leads to the project of that file, or to the file alone.
 */
export function locate(workflow: string | undefined, project: string): string {
  const isPath = workflow !== undefined && /[\\/]|\.[cm]?[jt]sx?$/i.test(workflow);
  const hasNoProject = existsSync(project) && projectFolder(project) === null;
  return isPath && hasNoProject ? workflow : project;
}
