import type { PendingOptions } from "./options.ts";
import { readPendingChanges, retryDeadChanges } from "./pendingChanges.ts";
import { readProject } from "./readProject.ts";
import { findProblems, toJson, toTable } from "./report.ts";

/**
 * Prints the state of a project's queue. With `--retry-dead`, it first puts the dead changes into
 * the queue again.
 *
 * @returns whether there is no problem
 * @throws UsageError or ProjectError
 */
export async function showPendingChanges(options: PendingOptions): Promise<boolean> {
  const project = readProject(options.envFile);
  const retried = options.retryDead ? await retryDeadChanges(project) : undefined;
  const pending = await readPendingChanges(project);
  process.stdout.write(options.json ? toJson(pending, retried) : toTable(pending, retried));
  return findProblems(pending).length === 0;
}
