import type { ClaimChange } from "./types.ts";

/** The messages of one user, for which one call is enough. */
export interface UserChanges {
  readonly userId: string;
  readonly changes: readonly ClaimChange[];
  /** Of the message that was taken most often. */
  readonly attempts: number;
}

/**
 * Groups messages by user. Users with few attempts come first: a user for whom Kinde fails again and
 * again stops the batch only after the others were told.
 */
export function groupByUser(changes: readonly ClaimChange[]): UserChanges[] {
  const groups = new Map<string, ClaimChange[]>();
  for (const change of changes) {
    const group = groups.get(change.userId);
    if (group) group.push(change);
    else groups.set(change.userId, [change]);
  }
  return [...groups]
    .map(([userId, group]) => ({
      userId,
      changes: group,
      attempts: Math.max(...group.map(({ attempts }) => attempts)),
    }))
    .toSorted((one, other) => one.attempts - other.attempts);
}
