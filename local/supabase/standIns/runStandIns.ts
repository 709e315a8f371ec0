import type { Client } from "pg";
import { databaseClient } from "../client.ts";
import { runDueJobs } from "./runDueJobs.ts";
import { sendQueuedRequests } from "./sendQueuedRequests.ts";

/** What runs in place of the background workers of pg_net and pg_cron. */
export interface StandIns {
  /** Ends the requests that are under way. */
  stop(): Promise<void>;
}

const TICK_MS = 1000;

/**
 * Sends the requests of the stand-in for pg_net, each right after its commit, and runs the jobs of
 * the stand-in for pg_cron. If the database stops, both continue when it runs again.
 *
 * @param superuserUrl the database of a stack with `standIns: true`
 */
export async function startStandIns(superuserUrl: string): Promise<StandIns> {
  const stopped = new AbortController();
  const lastRuns = new Map<string, number>();
  let client: Client | undefined;
  let work = Promise.resolve();

  const connect = async () => {
    const next = databaseClient(superuserUrl);
    const forget = () => {
      if (client === next) client = undefined;
    };
    next.on("error", forget).on("end", forget);
    next.on("notification", () => enqueue(sendAll));
    await next.connect();
    await next.query("listen local_net");
    client = next;
  };
  const sendAll = async () => {
    while (client && (await sendQueuedRequests(client, stopped.signal)) > 0);
  };
  const tick = async () => {
    if (!client) await connect();
    if (client) await runDueJobs(client, lastRuns, Date.now());
    await sendAll();
  };
  const enqueue = (job: () => Promise<void>) => {
    work = work.then(async () => {
      if (!stopped.signal.aborted) await job();
    });
    // The database does not run. The next tick connects again.
    work = work.catch(() => undefined);
  };

  await connect();
  const timer = setInterval(() => enqueue(tick), TICK_MS);
  return {
    async stop() {
      clearInterval(timer);
      stopped.abort();
      await work;
      await client?.end().catch(() => undefined);
    },
  };
}
