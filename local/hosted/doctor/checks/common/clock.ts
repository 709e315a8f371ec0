import { type Check, failed, ok, unknown } from "../../check.ts";
import type { Reach } from "../../probe/reach.ts";
import { remember } from "../../remember.ts";
import { probeKinde } from "../kinde/readKinde.ts";
import { probeSupabase } from "../supabase/reachable.ts";

/** Libraries that verify tokens usually accept a difference of some seconds. */
const LIMIT_S = 30;

export const clockCheck: Check = {
  code: "CLOCK_SKEW",
  title: "Clocks",
  why: "If clocks differ, a new token counts as not valid yet, or an expired one as valid.",
  needs: ["KINDE_DOMAIN"],
  uses: ["kinde"],
  async examine(world) {
    const clocks = [{ name: "Kinde", ahead: aheadOf(await remember(world, probeKinde)) }];
    if (world.settings.SUPABASE_URL !== undefined) {
      clocks.push({ name: "Supabase", ahead: aheadOf(await remember(world, probeSupabase)) });
    }
    const known = clocks.flatMap(({ name, ahead }) => (ahead === undefined ? [] : { name, ahead }));
    if (known.length === 0) return unknown("no answer has a Date header");
    const wrong = known.filter(({ ahead }) => Math.abs(ahead) > LIMIT_S);
    if (wrong.length === 0)
      return ok(`this machine agrees with ${known.map(({ name }) => name).join(" and ")}`);
    const seen = wrong.map(
      ({ name, ahead }) =>
        `the clock of ${name} is ${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"} this machine's`,
    );
    return failed(
      seen.join(", and "),
      wrong.length === known.length
        ? "Set the clock of this machine by NTP."
        : "Compare with https://time.is; if the vendor's clock is wrong, report it to the vendor's support.",
    );
  },
};

function aheadOf(reached: Reach): number | undefined {
  const ms = reached.isReached ? reached.clockAheadMs : undefined;
  return ms === undefined ? undefined : Math.round(ms / 1000);
}
