import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isBelow } from "../isBelow.ts";
import { projectFolder } from "../project/projectFolder.ts";

/**
 * Returns the folder or file to load. If `workflow` is the path of a file outside of the current
 * project, this is that file. kinde-local then uses the file's own project, or loads the file
 * alone.
 */
export function locate(workflow: string | undefined, project: string): string {
  if (workflow === undefined || !/[\\/]|\.[cm]?[jt]sx?$/i.test(workflow)) return project;
  if (!existsSync(project)) return project;
  const folder = projectFolder(project);
  if (folder === null) return workflow;
  // The file may belong to another project, or to no project.
  return existsSync(workflow) && !isBelow(resolve(workflow), folder) ? workflow : project;
}
