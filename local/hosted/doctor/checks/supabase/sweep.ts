import { z } from "zod";
import { formatAge } from "../../../../command/formatAge.ts";
import { SUPABASE } from "../../../setup/step.ts";
import { readClaimChanges } from "../../../setup/steps/claimChanges.ts";
import { supabaseOf, type World } from "../../../world.ts";
import { type Check, failed, failedUntilSetup, ok, unknown, warning } from "../../check.ts";
import { remember } from "../../remember.ts";

const JOB = "sweep_claim_changes";
/** The job runs every 10 seconds. */
const PATIENCE_SECONDS = 120;
const PLACE = "in the dashboard, under Integrations > Cron > Jobs";
const about = { needs: SUPABASE, uses: ["supabase"] } as const;

const lastRun = z.object({
  status: z.string().nullable(),
  message: z.string().nullable(),
  seconds: z.number().nullable(),
});
const HAS_RUNS = "select to_regclass('cron.job_run_details') is not null as has_runs";
const LAST_RUN = `select r.status, left(r.return_message, 200) as message,
  extract(epoch from clock_timestamp() - r.start_time)::int as seconds
from cron.job_run_details as r join cron.job as j using (jobid)
where j.jobname = '${JOB}' and r.status in ('succeeded', 'failed')
order by r.runid desc limit 1`;

export const sweepJobCheck: Check = {
  code: "SUPABASE_SWEEP",
  title: `Cron job ${JOB}`,
  why: "A wake-up that was lost is not repeated, so its users keep old claims until the next change.",
  ...about,
  async examine(world) {
    const { has_cron, job } = await remember(world, readClaimChanges);
    if (!has_cron) return unknown("there is no pg_cron, see SUPABASE_EXTENSIONS");
    if (job === undefined) return failedUntilSetup("there is no such job");
    if (job.active) return ok(`active, every ${job.schedule}`);
    return failed("it is switched off", `Switch the job on ${PLACE}.`);
  },
};

export const sweepRunCheck: Check = {
  code: "SUPABASE_SWEEP_RUN",
  title: "Last run of the cron job",
  why: "A sweep that does not run, or fails, does not wake the relay, so messages can wait for hours.",
  ...about,
  async examine(world) {
    const { job } = await remember(world, readClaimChanges);
    if (!job?.active) return unknown("the job does not run, see SUPABASE_SWEEP");
    const run = await readLastRun(world);
    if (run === undefined) {
      return warning(
        "no run is recorded",
        `Wait a minute and run the command again; if there is still no run, look at the job's history ${PLACE}, and at the parameter cron.log_run.`,
      );
    }
    const { status, message, seconds } = run;
    const age = `${formatAge(Math.max(seconds ?? 0, 0))} ago`;
    if (status === "failed") {
      return failed(
        `it failed ${age}: ${message ?? "without a message"}`,
        "Fix what the message names; in the SQL editor, select private.sweep_claim_changes(); shows whether it works.",
      );
    }
    if ((seconds ?? 0) <= PATIENCE_SECONDS) return ok(`it succeeded ${age}`);
    return failed(
      `it succeeded ${age}, and has not run since`,
      "Restart the database (Project settings > General > Restart project): pg_cron does not run its jobs.",
    );
  },
};

async function readLastRun(world: World) {
  const supabase = supabaseOf(world);
  const [found] = await supabase.query(z.object({ has_runs: z.boolean() }), HAS_RUNS);
  return found?.has_runs ? (await supabase.query(lastRun, LAST_RUN))[0] : undefined;
}
