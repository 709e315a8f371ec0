import { setTimeout as delay } from "node:timers/promises";
import { createManagementClient } from "kinde-claims";
import { createRelay } from "kinde-claims/relay";
import { createSupabaseQueue } from "kinde-claims/supabase";
import { Client } from "pg";
import { createSdkUser } from "../../local/demo/sdkUser.ts";
import { startLocalApp } from "../../local/demo/startLocalApp.ts";
import { type LocalSupabase, startSupabase } from "../../local/supabase/index.ts";
import { type Summary, summarize } from "../measure/statistics.ts";
import { startCountingKinde } from "./countingKinde.ts";

const SAMPLES = 40;
const BULK_USERS = 10_000;
const BULK_PER_SECOND = 500;
const LIMIT_MS = 120_000;

/** How long a change takes to reach Kinde and the token. Times are in milliseconds. */
export interface ClaimChangesDelay {
  /** From the commit to the call of refresh_claims, with the relay on Node. */
  readonly toCall: Summary;
  /** From the commit to the claim in the token that Kinde's SDK refreshed. */
  readonly toToken: Summary;
  readonly bulk: {
    readonly users: number;
    /** Calls that Kinde allows in a second. */
    readonly perSecond: number;
    readonly callsPerUser: number;
    /** From the commit until Kinde was called for the last user. */
    readonly ms: number;
  };
}

export async function measureDelay(onProgress: (text: string) => void): Promise<ClaimChangesDelay> {
  onProgress("Measuring how long a change takes to reach Kinde");
  const toCall = await measureCalls();
  onProgress(`Calling Kinde for ${BULK_USERS} users`);
  const bulk = await measureBulk();
  onProgress("Measuring how long a change takes to reach the token");
  return { toCall, bulk, toToken: await measureTokens() };
}

/** Runs the relay on a stack with users, and passes a database connection to the work. */
async function withWorker<T>(
  kindeUrl: string,
  users: number,
  work: (owner: Client) => Promise<T>,
): Promise<T> {
  const supabase: LocalSupabase = await startSupabase({ seed: false });
  const owner = new Client({ connectionString: supabase.databaseUrl });
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  try {
    await owner.connect();
    await owner.query(
      `insert into public.profiles (kinde_id)
       select 'kp_' || md5(n::text) from generate_series(1, ${users}) n`,
    );
    await owner.query("select pgmq.purge_queue('claim_changes')");
    const relay = createRelay({
      queue: createSupabaseQueue({ url: supabase.url, secretKey: supabase.secretKey }),
      refreshClaims: createManagementClient({
        ...{ domain: kindeUrl, clientId: "machine", clientSecret: "secret" },
      }).refreshClaims,
    });
    running = relay.run({ signal: stopped.signal });
    return await work(owner);
  } finally {
    stopped.abort();
    await running;
    await owner.end();
    await supabase.stop();
  }
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!(await isDone())) {
    if (performance.now() > end) throw new Error(`It took longer than ${LIMIT_MS / 1000} s.`);
    await delay(1);
  }
}

async function measureCalls(): Promise<Summary> {
  const kinde = await startCountingKinde();
  try {
    return await withWorker(kinde.url, SAMPLES + 1, async (owner) => {
      const times: number[] = [];
      for (let n = 1; n <= SAMPLES + 1; n += 1) {
        const { rows } = await owner.query<{ id: string }>("select 'kp_' || md5($1) as id", [
          `${n}`,
        ]);
        const id = rows[0]?.id ?? "";
        await owner.query(
          "update public.profiles set lifetime_subscriber = true where kinde_id = $1",
          [id],
        );
        const committed = performance.now();
        await until(() => kinde.calls.has(id));
        // Before its first call, the relay fetches the machine token, so this time is left out.
        if (n > 1) times.push(Math.max(0, (kinde.calls.get(id)?.[0] ?? 0) - committed));
      }
      return summarize(times);
    });
  } finally {
    await kinde.stop();
  }
}

async function measureBulk(): Promise<ClaimChangesDelay["bulk"]> {
  const kinde = await startCountingKinde(BULK_PER_SECOND);
  try {
    return await withWorker(kinde.url, BULK_USERS, async (owner) => {
      await owner.query("update public.profiles set lifetime_subscriber = true");
      const committed = performance.now();
      await until(() => kinde.calls.size === BULK_USERS);
      const ms = performance.now() - committed;
      const calls = [...kinde.calls.values()].reduce((sum, { length }) => sum + length, 0);
      return {
        users: BULK_USERS,
        perSecond: BULK_PER_SECOND,
        callsPerUser: calls / BULK_USERS,
        ms,
      };
    });
  } finally {
    await kinde.stop();
  }
}

async function measureTokens(): Promise<Summary> {
  const app = await startLocalApp({ relay: {} });
  const owner = new Client({ connectionString: app.supabase?.databaseUrl });
  try {
    await owner.connect();
    const { rows } = await owner.query<{ kinde_id: string }>(
      "select kinde_id from public.profiles",
    );
    const id = rows[0]?.kinde_id ?? "";
    const user = createSdkUser(app.kinde, { redirectUri: `${app.url}/callback` });
    await user.signIn(id);
    const times: number[] = [];
    for (let n = 0; n < SAMPLES; n += 1) {
      const value = n % 2 === 1;
      await owner.query("update public.profiles set lifetime_subscriber = $1 where kinde_id = $2", [
        value,
        id,
      ]);
      const committed = performance.now();
      await until(async () => {
        await user.sdk.refreshTokens(user.session);
        return user.accessToken().lifetime_subscriber === value;
      });
      times.push(performance.now() - committed);
    }
    return summarize(times);
  } finally {
    await owner.end();
    await app.stop();
  }
}
