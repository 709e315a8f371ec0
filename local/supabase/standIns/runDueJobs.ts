import { type Client, escapeIdentifier } from "pg";

interface Job {
  readonly jobid: string;
  readonly schedule: string;
  readonly command: string;
  readonly username: string;
}

/**
 * Runs the jobs of `cron.job` whose interval is over, each as the role that scheduled it. The
 * result of a run is a row of `cron.job_run_details`.
 *
 * @param lastRuns when each job ran last, by its id; this function writes the new times
 */
export async function runDueJobs(
  client: Client,
  lastRuns: Map<string, number>,
  now: number,
): Promise<void> {
  const { rows } = await client.query<Job>(
    "select * from cron.job where active and schedule like '% seconds' order by jobid",
  );
  for (const job of rows) {
    const last = lastRuns.get(job.jobid);
    if (last === undefined) {
      // A new job waits for its interval, as in pg_cron.
      lastRuns.set(job.jobid, now);
    } else if (now - last >= Number.parseInt(job.schedule, 10) * 1000) {
      lastRuns.set(job.jobid, now);
      await run(client, job);
    }
  }
}

async function run(client: Client, { jobid, command, username }: Job): Promise<void> {
  const start = new Date();
  // Several statements in one query are one transaction. When it ends, the role is reset.
  const failure = await client
    .query(`set local role ${escapeIdentifier(username)}; ${command}`)
    .then(
      () => undefined,
      (error: unknown) => String(error),
    );
  await client.query(
    `insert into cron.job_run_details (jobid, command, status, return_message, start_time, end_time)
     values ($1, $2, $3, $4, $5, clock_timestamp())`,
    [jobid, command, failure === undefined ? "succeeded" : "failed", failure, start],
  );
}
