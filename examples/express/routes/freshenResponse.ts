import type { Response } from "express";
import type { FreshnessOutcome } from "kinde-claims";
import { coolDown, isCoolingDown } from "../freshness/coolDown.ts";
import type { Freshener } from "../freshness/createFreshener.ts";
import { readUser, type UserParts } from "../kinde/loadUser.ts";
import { type ProfileClaims, profileClaims } from "../profileClaims.ts";

type Parts = UserParts & { readonly freshener: Freshener };

/**
 * @param options.patient does not ask Kinde again shortly after an attempt that failed
 * @param options.requireNewToken fetches a new token even if the token has the claims already
 */
export type FreshenResponse = (
  res: Response,
  row: ProfileClaims,
  options?: { readonly patient?: boolean; readonly requireNewToken?: boolean },
) => Promise<FreshnessOutcome>;

const TRIED_A_MOMENT_AGO: FreshnessOutcome = {
  arrived: false,
  rung: "none",
  remaining: ["silent"],
  ms: 0,
  problems: [],
};

/** Brings a row's claims into the token of the request's session, and loads the user again. */
export function createFreshenResponse({ freshener, ...parts }: Parts): FreshenResponse {
  return async (res, row, { patient = false, requireNewToken = false } = {}) => {
    const { session, user } = res.locals;
    if (!session || !user) throw new Error("requireUser must run before this");
    const expected = profileClaims.read(row);
    if (patient && isCoolingDown(session.stale, expected)) return TRIED_A_MOMENT_AGO;
    const outcome = await freshener.freshen(session, user.id, expected, { requireNewToken });
    session.stale = outcome.arrived ? undefined : coolDown(session.stale, expected);
    // If no fresh token arrived, the user is not loaded again: an error there would hide that the
    // row was saved.
    if (outcome.arrived) res.locals.user = (await readUser(session, parts)) ?? user;
    return outcome;
  };
}
