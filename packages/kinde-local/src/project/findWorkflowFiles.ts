import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { KindeError } from "../errors.ts";
import { requireRegularFile, UnreadableFile } from "../readRegularFile.ts";
import type { KindeProject, Project } from "./findProject.ts";

/**
 * Kinde compares the lower-cased file name, so `myworkflow.ts` is a workflow and `workflow.tsx` is
 * not.
 */
export function isWorkflowFile(name: string): boolean {
  return /workflow\.[tj]s$/i.test(name);
}

export function workflowsFolder(project: KindeProject): string {
  return join(project.rootDir, "environment", "workflows");
}

/**
 * Returns every workflow file, sorted by path. Symbolic links to folders are not followed.
 *
 * @throws {KindeError} UNREADABLE if a source file is not a regular file: reading a named pipe
 * would wait for ever, and reading a device might never end.
 */
export function findWorkflowFiles(project: Project): string[] {
  if (project.singleFile !== null) {
    requireSource(project.singleFile);
    return [project.singleFile];
  }
  const files: string[] = [];
  for (const { path, entry } of listEntries(workflowsFolder(project))) {
    const isEntry = isWorkflowFile(entry.name);
    // A folder with the name of a workflow file is probably a mistake, so it is refused, too.
    if (isEntry || (SOURCE.test(entry.name) && !entry.isFile() && !entry.isDirectory())) {
      requireSource(path);
    }
    if (isEntry) files.push(path);
  }
  return files;
}

/** Names of files that the bundler may read. */
const SOURCE = /\.(?:[cm]?[jt]sx?|json|css|txt)$/i;

function requireSource(path: string): void {
  try {
    requireRegularFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new KindeError(
      "UNREADABLE",
      `Reading the source file ${path} failed: ${error.message}. Replace it with a regular file, rename it, or remove it.`,
    );
  }
}

/**
 * Returns all files below a folder, except in folders for which `skip` returns true. Empty if the
 * folder does not exist.
 */
export function listFiles(folder: string, skip = (_name: string): boolean => false): string[] {
  return [...listEntries(folder, skip)]
    .filter(({ entry }) => !entry.isDirectory())
    .map(({ path }) => path);
}

/** Yields everything below a folder. Links are not followed. */
function* listEntries(
  folder: string,
  skip = (_name: string): boolean => false,
): Generator<{ path: string; entry: Dirent }> {
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name);
    yield { path, entry };
    if (entry.isDirectory() && !skip(entry.name)) yield* listEntries(path, skip);
  }
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
