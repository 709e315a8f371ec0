import type { ClaimChange } from "./types.ts";

/** The messages of one user, for which one call is enough. */
export interface UserChanges {
  readonly userId: string;
  readonly changes: readonly ClaimChange[];
  /** The highest number of attempts of these messages. */
  readonly attempts: number;
}

/**
 * Groups messages by user. Users with few attempts come first: if the call for one user fails again
 * and again, it stops the batch only after the calls for the others.
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
