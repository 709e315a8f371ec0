import { callDatabase, ProjectError } from "./callDatabase.ts";
import type { Project } from "./readProject.ts";

/**
 * A relay takes seconds for a change. If a change waits for longer than this, something is wrong.
 */
export const PATIENCE_SECONDS = 300;

/** What the function pending_claim_changes of the database returns. */
export interface PendingChanges {
  /** False where the project has no queue, because pgmq is missing. */
  readonly available: boolean;
  readonly waiting: number;
  /** The age of the oldest change that waits or is being relayed. */
  readonly oldest_seconds: number | null;
  /** Changes that a relay has taken, or that wait for their next attempt. */
  readonly hidden: number;
  readonly dead: number;
  readonly oldest_dead_seconds: number | null;
}

/** @throws ProjectError */
export async function readPendingChanges(project: Project): Promise<PendingChanges> {
  const answer = await callDatabase(project, "pending_claim_changes");
  if (!isPendingChanges(answer)) {
    throw new ProjectError(
      "The function pending_claim_changes returned a result that this version does not expect. Push the migrations of this version.",
    );
  }
  return answer;
}

/**
 * Puts the dead changes into the queue again.
 *
 * @returns how many changes these are
 * @throws ProjectError
 */
export async function retryDeadChanges(project: Project): Promise<number> {
  return Number(await callDatabase(project, "retry_dead_claim_changes"));
}

function isPendingChanges(answer: unknown): answer is PendingChanges {
  const fields = Object(answer) as Record<string, unknown>;
  const isCount = (name: string) => typeof fields[name] === "number";
  return (
    typeof fields.available === "boolean" &&
    ["waiting", "hidden", "dead"].every(isCount) &&
    ["oldest_seconds", "oldest_dead_seconds"].every(
      (name) => fields[name] === null || isCount(name),
    )
  );
}
