import { claimsAgree } from "kinde-claims";
import type { ProfileClaims } from "../profileClaims.ts";

/** Claims that did not arrive in a session's token, and when to try again. */
export interface Staleness {
  readonly expected: ProfileClaims;
  readonly until: number;
  readonly pauseMs: number;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Whether an attempt to get these claims into the token failed, and the pause after it has not
 * ended.
 */
export function isCoolingDown(
  last: Staleness | undefined,
  expected: ProfileClaims,
  now: number = Date.now(),
): boolean {
  return last !== undefined && now < last.until && claimsAgree(last.expected, expected);
}

/**
 * Returns the pause after a failed attempt to bring these claims. For the same claims, each pause
 * is twice as long as the one before, up to a minute.
 */
export function coolDown(
  last: Staleness | undefined,
  expected: ProfileClaims,
  now: number = Date.now(),
): Staleness {
  const again = last !== undefined && claimsAgree(last.expected, expected);
  const pauseMs = again ? Math.min(last.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
  return { expected, until: now + pauseMs, pauseMs };
}
