import type { Report } from "./types.ts";

/** A statement that every run of the bench must confirm, and whether this run did. */
export interface Promised {
  what: string;
  measured: string;
  kept: boolean;
}

const MOST_AT_SMALL = 1.1;
const LEAST_AT_LARGE = 10;
const MOST_GROWTH = 1.2;
const MOST_PAGES = 4;

/** The promises for the measured sizes. */
export function promisesOf({ sizes, wire, signIns }: Report): Promised[] {
  const found: Promised[] = [];
  const add = (what: string, measured: string | number, kept: boolean) =>
    found.push({ what, measured: String(measured), kept });
  const times = (value: number) => `${value.toFixed(2)} ×`;

  if (wire) add("one request for a token", wire.ours.requests, wire.ours.requests === 1);
  for (const { rows, workflow, lookup } of sizes) {
    const at = `at ${rows.toLocaleString("en")} rows`;
    const slower = workflow.ours.median / workflow.tutorial.median;
    const growth = workflow.ours.median / workflow.oursSmall.median;
    const pages = lookup.ours.pages.median;
    if (rows === 1000) {
      const what = `at most ${MOST_AT_SMALL} × the tutorial's time ${at}`;
      add(what, times(slower), slower <= MOST_AT_SMALL);
    }
    if (rows >= 1e6) {
      const what = `at least ${LEAST_AT_LARGE} × as fast as the tutorial's workflow ${at}`;
      add(what, times(1 / slower), 1 / slower >= LEAST_AT_LARGE);
    }
    if (rows <= 1e6) add(`at most ${MOST_PAGES} pages ${at}`, pages, pages <= MOST_PAGES);
    if (rows > 1000) {
      const what = `${at} at most ${MOST_GROWTH} × the time at 1,000`;
      add(what, times(growth), growth <= MOST_GROWTH);
    }
  }
  if (signIns) {
    const { ours, oursWithRestart } = signIns;
    const errors = ours.stopped + ours.withoutClaim + ours.denied;
    const failed = oursWithRestart.stopped + oursWithRestart.withoutClaim;
    add("all concurrent sign-ins are correct", `${errors} are not`, errors === 0);
    add(
      "every sign-in gets a token with the claim while the database restarts",
      `${failed} do not`,
      failed === 0,
    );
  }
  return found;
}
