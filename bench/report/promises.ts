import type { Report } from "./types.ts";

/** Something that every run of the bench ought to show, and whether this one did. */
export interface Promised {
  what: string;
  measured: string;
  kept: boolean;
}

const MOST_AT_SMALL = 1.1;
const LEAST_AT_LARGE = 10;
const MOST_GROWTH = 1.2;
const MOST_PAGES = 4;

/** What is promised of the sizes that were measured. */
export function promisesOf({ sizes, wire, signIns }: Report): Promised[] {
  const found: Promised[] = [
    {
      what: "one request for a token",
      measured: String(wire.ours.requests),
      kept: wire.ours.requests === 1,
    },
  ];
  for (const { rows, workflow, lookup } of sizes) {
    const at = `at ${rows.toLocaleString("en")} rows`;
    const times = (value: number) => `${value.toFixed(2)} ×`;
    const slower = workflow.ours.median / workflow.tutorial.median;
    const growth = workflow.ours.median / workflow.oursSmall.median;
    const pages = lookup.ours.pages.median;
    if (rows === 1000)
      found.push({
        what: `at most ${MOST_AT_SMALL} × the tutorial's time ${at}`,
        measured: times(slower),
        kept: slower <= MOST_AT_SMALL,
      });
    if (rows >= 1e6)
      found.push({
        what: `at least ${LEAST_AT_LARGE} × as fast as the tutorial's ${at}`,
        measured: times(1 / slower),
        kept: 1 / slower >= LEAST_AT_LARGE,
      });
    if (rows <= 1e6)
      found.push({
        what: `at most ${MOST_PAGES} pages ${at}`,
        measured: String(pages),
        kept: pages <= MOST_PAGES,
      });
    if (rows > 1000)
      found.push({
        what: `${at} at most ${MOST_GROWTH} × the time at 1,000`,
        measured: times(growth),
        kept: growth <= MOST_GROWTH,
      });
  }
  if (signIns) {
    const { ours, oursWithRestart } = signIns;
    const errors = ours.stopped + ours.withoutClaim + ours.denied;
    const spoilt = oursWithRestart.stopped + oursWithRestart.withoutClaim;
    found.push(
      { what: "sign-ins at once are all right", measured: `${errors} are not`, kept: errors === 0 },
      {
        what: "no error reaches a token while the database restarts",
        measured: `${spoilt} do`,
        kept: spoilt === 0,
      },
    );
  }
  return found;
}
