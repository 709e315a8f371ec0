import { z } from "zod";
import { PATIENCE_SECONDS } from "../../../../claims/pendingChanges.ts";
import { formatAge } from "../../../../command/formatAge.ts";
import { SUPABASE } from "../../../setup/step.ts";
import { readClaimChanges } from "../../../setup/steps/claimChanges.ts";
import { supabaseOf, type World } from "../../../world.ts";
import { type Check, failed, failedUntilSetup, ok, unknown, warning } from "../../check.ts";
import { remember } from "../../remember.ts";

const RETRY =
  "npm run claims:pending -- --retry-dead (with SUPABASE_URL and a secret key of the role service_role)";
const NO_QUEUE = unknown("there is no queue, see SUPABASE_QUEUE");
const about = { needs: SUPABASE, uses: ["supabase"] } as const;

const counts = z.object({
  waiting: z.number(),
  oldest_seconds: z.number().nullable(),
  hidden: z.number(),
  dead: z.number(),
  oldest_dead_seconds: z.number().nullable(),
});
const row = z.object({ pending: counts });

/** Counts the messages; undefined without a queue. */
export async function readPending(world: World) {
  const { is_migrated, has_queue } = await remember(world, readClaimChanges);
  if (!is_migrated || !has_queue) return undefined;
  const text = "select public.pending_claim_changes() as pending";
  const [found] = await supabaseOf(world).query(row, text);
  return found?.pending;
}

export const queueCheck: Check = {
  code: "SUPABASE_QUEUE",
  title: "Queue of claim changes",
  why: "Without it, no change of a claim is reported to Kinde, so tokens keep the old claims for up to a day.",
  ...about,
  async examine(world) {
    const { has_queue } = await remember(world, readClaimChanges);
    return has_queue ? ok("it exists") : failedUntilSetup("there is no queue claim_changes");
  },
};

export const waitingCheck: Check = {
  code: "SUPABASE_QUEUE_WAITING",
  title: "Messages that wait",
  why: "The users of these messages keep their old claims until the relay calls Kinde.",
  ...about,
  async examine(world) {
    const pending = await remember(world, readPending);
    if (pending === undefined) return NO_QUEUE;
    const { waiting, hidden, oldest_seconds } = pending;
    const number = waiting + hidden;
    if (number === 0) return ok("none");
    const age = oldest_seconds ?? 0;
    const seen = `${number}, the oldest for ${formatAge(age)}`;
    if (age <= PATIENCE_SECONDS) return ok(seen);
    return failed(
      seen,
      "Fix the other problems of the queue, the sweep and refresh-claims that this report names; then look at the log of refresh-claims (docs/freshness.md, When something is wrong).",
    );
  },
};

export const deadCheck: Check = {
  code: "SUPABASE_QUEUE_DEAD",
  title: "Messages that were given up",
  why: "Kinde refused these users ten times, so their tokens may keep old claims.",
  ...about,
  async examine(world) {
    const pending = await remember(world, readPending);
    if (pending === undefined) return NO_QUEUE;
    const { dead, oldest_dead_seconds } = pending;
    if (dead === 0) return ok("none");
    return warning(
      `${dead}, the first ${formatAge(oldest_dead_seconds ?? 0)} ago`,
      `Find the reason in the log of refresh-claims, then run ${RETRY}, or in the SQL editor: select public.retry_dead_claim_changes();`,
    );
  },
};
