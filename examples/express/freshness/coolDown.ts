import { type ProfileClaims, sameClaims } from "../tokens/readProfileClaims.ts";

/** What was tried in vain for a session, and when it is worth trying again. */
export interface Staleness {
  readonly expected: ProfileClaims;
  readonly until: number;
  readonly pauseMs: number;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** Whether these claims were tried in vain a moment ago. */
export function isCoolingDown(
  last: Staleness | undefined,
  expected: ProfileClaims,
  now: number = Date.now(),
): boolean {
  return last !== undefined && now < last.until && sameClaims(last.expected, expected);
}

/** After another try in vain: each pause is twice as long as the one before, up to a minute. */
export function coolDown(
  last: Staleness | undefined,
  expected: ProfileClaims,
  now: number = Date.now(),
): Staleness {
  const again = last !== undefined && sameClaims(last.expected, expected);
  const pauseMs = again ? Math.min(last.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
  return { expected, until: now + pauseMs, pauseMs };
}
