import type { Response } from "express";
import type { FreshnessOutcome } from "../freshness/bringFreshClaims.ts";
import { coolDown, isCoolingDown } from "../freshness/coolDown.ts";
import type { Freshener } from "../freshness/createFreshener.ts";
import { readUser, type UserParts } from "../kinde/loadUser.ts";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";

type Parts = UserParts & { readonly freshener: Freshener };

/**
 * @param options.patient leaves Kinde alone for a while after an attempt that did not help
 * @param options.anew fetches a new token even if the claims agree already
 */
export type FreshenResponse = (
  res: Response,
  row: ProfileClaims,
  options?: { patient?: boolean; anew?: boolean },
) => Promise<FreshnessOutcome>;

/** Brings a row's claims into the token of the request's session, and the user of the request anew. */
export function createFreshenResponse({ freshener, ...parts }: Parts): FreshenResponse {
  return async (res, row, { patient = false, anew = false } = {}) => {
    const { session, user } = res.locals;
    if (!session || !user) throw new Error("this stands behind requireUser");
    const expected = readProfileClaims(row);
    if (patient && isCoolingDown(session.stale, expected)) {
      return { arrived: false, step: "none", ms: 0, problems: ["tried in vain a moment ago"] };
    }
    const outcome = await freshener.freshen(session, user.id, expected, { anew });
    session.stale = outcome.arrived ? undefined : coolDown(session.stale, expected);
    // What has not arrived needs no second look, which could fail after the row is saved.
    if (outcome.arrived) res.locals.user = (await readUser(session, parts)) ?? user;
    return outcome;
  };
}
