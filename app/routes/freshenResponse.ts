import type { Response } from "express";
import type { FreshnessOutcome } from "../freshness/bringFreshClaims.ts";
import type { Freshener } from "../freshness/createFreshener.ts";
import { readUser } from "../kinde/loadUser.ts";
import type { ProfileClaims } from "../tokens/readProfileClaims.ts";

type Parts = Parameters<typeof readUser>[1] & { readonly freshener: Freshener };

export type FreshenResponse = (res: Response, row: ProfileClaims) => Promise<FreshnessOutcome>;

/** Brings a row's claims into the token of the request's session, and the user of the request anew. */
export function createFreshenResponse({ freshener, verify, sdk }: Parts): FreshenResponse {
  return async (res, row) => {
    const { session, user } = res.locals;
    if (!session || !user) throw new Error("this stands behind requireUser");
    const { lifetime_subscriber, profile_complete } = row;
    const expected = { lifetime_subscriber, profile_complete };
    const outcome = await freshener.freshen(session, user.id, expected);
    const fresh = await readUser(session, { verify, sdk });
    if (fresh) res.locals.user = fresh;
    return outcome;
  };
}
