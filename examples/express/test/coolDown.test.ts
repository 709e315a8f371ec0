import { expect, test } from "vitest";
import { coolDown, isCoolingDown, type Staleness } from "../freshness/coolDown.ts";
import { profileClaims } from "../profileClaims.ts";

const EXPECTED = profileClaims.read({ profile_complete: true });
const OTHER = profileClaims.read({ lifetime_subscriber: true, profile_complete: true });

test("after a failed attempt, the same claims are not tried again for 2 s", () => {
  const last = coolDown(undefined, EXPECTED, 1_000);
  expect(isCoolingDown(last, EXPECTED, 2_999)).toBe(true);
  expect(isCoolingDown(last, EXPECTED, 3_000)).toBe(false);
  expect(isCoolingDown(last, OTHER, 2_999)).toBe(false);
  expect(isCoolingDown(undefined, EXPECTED, 0)).toBe(false);
});

test("each pause is twice as long as the one before, up to a minute", () => {
  let last: Staleness | undefined;
  const pauses = Array.from({ length: 8 }, () => {
    last = coolDown(last, EXPECTED, 0);
    return last.pauseMs / 1000;
  });
  expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  expect(coolDown(last, OTHER, 0).pauseMs).toBe(2_000);
});
