import { z } from "zod";
import { supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

const JOB = "sweep_claim_changes";
const QUERY = `select to_regprocedure('private.set_up_claim_changes()') is not null as is_migrated,
  to_regclass('pgmq.q_claim_changes') is not null as has_queue,
  to_regclass('cron.job') is not null as has_cron`;
const row = z.object({ is_migrated: z.boolean(), has_queue: z.boolean(), has_cron: z.boolean() });
const JOBS = `select schedule, active from cron.job where jobname = '${JOB}'`;

/** The queue of claim changes, and the job that wakes the relay again and again. */
export async function readClaimChanges(world: World) {
  const supabase = supabaseOf(world);
  const [found] = await supabase.query(row, QUERY);
  const jobs = found?.has_cron
    ? await supabase.query(z.object({ schedule: z.string(), active: z.boolean() }), JOBS)
    : [];
  return { ...row.parse(found), job: jobs[0] };
}

export const claimChangesStep = defineStep({
  id: "supabase.claimChanges",
  title: "Queue of claim changes, and its sweep",
  needs: SUPABASE,
  read: readClaimChanges,
  decide({ has_queue, job }) {
    if (has_queue && job?.active)
      return { action: "exists", detail: `${JOB}, every ${job.schedule}` };
    const missing = [
      has_queue ? [] : "the queue claim_changes",
      job ? [] : `the job ${JOB}`,
    ].flat();
    if (missing.length === 0) {
      const detail = `the job ${JOB} is switched off: switch it on in the dashboard, under Integrations > Cron`;
      return { action: "manual", detail };
    }
    return { action: "create", detail: missing.join(" and ") };
  },
  async apply(_, world) {
    await supabaseOf(world).query(z.unknown(), "select private.set_up_claim_changes()");
  },
});
