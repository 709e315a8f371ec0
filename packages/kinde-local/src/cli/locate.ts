import { existsSync } from "node:fs";
import { projectFolder } from "../project/projectFolder.ts";

/**
 * Returns where the workflows are. Outside of any project, a workflow that is named by its path
 * leads to its own project, or stands alone.
 */
export function locate(workflow: string | undefined, project: string): string {
  const isPath = workflow !== undefined && /[\\/]|\.[cm]?[jt]sx?$/i.test(workflow);
  const hasNoProject = existsSync(project) && projectFolder(project) === null;
  return isPath && hasNoProject ? workflow : project;
}
