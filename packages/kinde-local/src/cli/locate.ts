import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isBelow } from "../isBelow.ts";
import { projectFolder } from "../project/projectFolder.ts";

/**
 * Returns the folder or file to load. The path of a workflow outside of the current project leads to
 * the project of that file, or to the file alone.
 */
export function locate(workflow: string | undefined, project: string): string {
  if (workflow === undefined || !/[\\/]|\.[cm]?[jt]sx?$/i.test(workflow)) return project;
  if (!existsSync(project)) return project;
  const folder = projectFolder(project);
  if (folder === null) return workflow;
  // A file of another project, or of none.
  return existsSync(workflow) && !isBelow(resolve(workflow), folder) ? workflow : project;
}
