import { basename, join } from "node:path";
import type { Project } from "./findProject.ts";
import { listFiles } from "./findWorkflowFiles.ts";

/**
 * Returns every page of a project: `page.tsx` (or `.ts`, `.jsx`, `.js`) at any depth under
 * `environment/pages`, such as `(kinde)/(default)/page.tsx` (Kinde's documentation).
 */
export function findPageFiles(project: Project): string[] {
  if (project.singleFile !== null) return [];
  const folder = join(project.rootDir, "environment", "pages");
  return listFiles(folder).filter((file) => /^page\.[jt]sx?$/.test(basename(file)));
}
