import { setTimeout as delay } from "node:timers/promises";
import { createManagementClient } from "kinde-claims";
import { createRelay, type Relay } from "kinde-claims/relay";
import { createSupabaseQueue } from "kinde-claims/supabase";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type FakeKinde,
  startFakeKinde,
} from "../../packages/kinde-claims/test/support/fakeKinde.ts";
import { useStack } from "../supabase/support/stack.ts";
import { kill, spawnRelay, startProxy } from "./support/killableRelay.ts";

/** Faults on the real queue: no change is lost, and the last call comes after the last commit. */
const stack = useStack({ seed: false });
const LIMIT = { timeout: 120_000, interval: 50 };
const USERS = 500;
const userId = (n: number) => `kp_${String(n).padStart(32, "0")}`;

let pool: Pool;
let kinde: FakeKinde;
/** The users of the calls that Kinde answered with 200, in order. */
let notified: string[];
/** Kinde's answer to a call for a user. Undefined means no answer at all. */
let answerCall: (user: string) => { status: number; headers?: Record<string, string> } | undefined;

beforeAll(async () => {
  pool = new Pool({ connectionString: stack.supabase.databaseUrl });
  pool.on("error", () => undefined);
  kinde = await startFakeKinde();
  kinde.answer = ({ path }, res) => {
    if (path === "/oauth2/token") {
      res.end(JSON.stringify({ access_token: "t", expires_in: 3600 }));
      return;
    }
    const user = decodeURIComponent(path.split("/")[4] ?? "");
    const answer = answerCall(user);
    if (answer === undefined) return;
    if (answer.status === 200) notified.push(user);
    res.writeHead(answer.status, answer.headers).end("{}");
  };
});
afterAll(async () => {
  await Promise.all([pool?.end(), kinde?.stop()]);
});
beforeEach(async () => {
  notified = [];
  answerCall = () => ({ status: 200 });
  await sql(
    `truncate public.profiles;
     insert into public.profiles (kinde_id)
       select 'kp_' || lpad(n::text, 32, '0') from generate_series(1, ${USERS}) n;
     select pgmq.purge_queue('claim_changes'); delete from pgmq.a_claim_changes`,
  );
});

/** Uses a pool, because it reconnects after a restart of the database. */
const sql = (text: string, values: unknown[] = []) => pool.query(text, values);

const newRelay = (log?: (line: string) => void): Relay =>
  createRelay({
    queue: createSupabaseQueue({ url: stack.supabase.url, secretKey: stack.supabase.secretKey }),
    refreshClaims: createManagementClient({
      ...{ domain: kinde.url, clientId: "machine", clientSecret: "secret of the machine" },
    }).refreshClaims,
    ...(log && { log }),
  });

/** Relays during the work and until the queue is empty. */
async function relayDuring(work: () => Promise<void>, relays = [newRelay()]): Promise<void> {
  const stopped = new AbortController();
  const running = relays.map((relay) => relay.run({ signal: stopped.signal }));
  try {
    await work();
    await vi.waitFor(async () => expect(await waiting()).toBe(0), LIMIT);
  } finally {
    stopped.abort();
    await Promise.all(running);
  }
}

const waiting = async () =>
  Number((await sql("select count(*) from pgmq.q_claim_changes")).rows[0].count);
const dead = async () =>
  (await sql("select message ->> 'kinde_id' as id from pgmq.a_claim_changes")).rows.map(
    ({ id }) => id,
  );
/** Changes a claim of the first `users` users. */
const change = (users: number) =>
  sql(
    "update public.profiles set lifetime_subscriber = not lifetime_subscriber where kinde_id <= $1",
    [userId(users)],
  );
/** Ends the time for which taken messages are hidden. */
const showTakenMessages = () =>
  sql("update pgmq.q_claim_changes set vt = now() - interval '1 second'");
const everyone = Array.from({ length: USERS }, (_, n) => userId(n + 1));
const distinct = (users: readonly string[]) => [...new Set(users)].sort();

test("if Kinde is down for 20 seconds with 500 changes, it gets few calls, then at least one for each user", async () => {
  let isAway = true;
  let callsMeanwhile = 0;
  answerCall = () => {
    if (isAway) callsMeanwhile += 1;
    return { status: isAway ? 503 : 200 };
  };
  await relayDuring(async () => {
    await change(USERS);
    await delay(20_000);
    isAway = false;
  });
  expect(distinct(notified)).toEqual(everyone);
  expect(callsMeanwhile).toBeLessThan(100);
});

test("if Kinde allows only 100 calls a second, it is called for all users with few repetitions", async () => {
  let second = 0;
  let calls = 0;
  answerCall = () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, calls] = [now, 0];
    calls += 1;
    return calls > 100 ? { status: 429, headers: { "RateLimit-Reset": "1" } } : { status: 200 };
  };
  await relayDuring(async () => void (await change(USERS)));
  expect(distinct(notified)).toEqual(everyone);
  expect(notified.length).toBeLessThanOrEqual(USERS * 1.1);
});

describe("the relay is killed", () => {
  /** Starts a relay that the test kills, then lets another relay finish the work. */
  async function killAndFinish(
    start: (kill: () => Promise<void>) => Promise<string>,
    users: number,
  ): Promise<void> {
    await change(users);
    let end = async () => undefined as undefined;
    let killed = (): void => undefined;
    const hasEnded = new Promise<void>((resolve) => {
      killed = resolve;
    });
    const supabaseUrl = await start(() => end());
    const { secretKey } = stack.supabase;
    const child = spawnRelay({ supabaseUrl, secretKey, kindeUrl: kinde.url });
    end = async () => {
      await kill(child);
      killed();
      return undefined;
    };
    await hasEnded;
    answerCall = () => ({ status: 200 });
    await showTakenMessages();
    await relayDuring(async () => undefined);
    expect(distinct(notified)).toEqual(everyone.slice(0, users));
    expect(await dead()).toEqual([]);
  }

  test.each([
    ["before it takes messages", "wait_for_claim_changes"],
    ["before it settles", "settle_claim_changes"],
  ])("%s", async (_name, rpc) => {
    const proxy = await startProxy(stack.supabase.url);
    try {
      await killAndFinish(async (killRelay) => {
        proxy.onRequest = async (path) => {
          if (!path.endsWith(rpc)) return true;
          await killRelay();
          return false;
        };
        return proxy.url;
      }, 20);
    } finally {
      await proxy.stop();
    }
  });

  test("while a call is under way", async () => {
    await killAndFinish(async (killRelay) => {
      answerCall = () => {
        void killRelay();
        return undefined;
      };
      return stack.supabase.url;
    }, 20);
  });

  test("after half of the calls", async () => {
    await killAndFinish(async (killRelay) => {
      answerCall = () => {
        if (notified.length >= 10) void killRelay();
        return { status: 200 };
      };
      return stack.supabase.url;
    }, 20);
  });
});

test("two relays at once call Kinde once for each user", async () => {
  await relayDuring(async () => void (await change(USERS)), [newRelay(), newRelay()]);
  expect(notified.toSorted()).toEqual(everyone);
});

test("no change is lost if the database is restarted in the middle of 500 changes", async () => {
  await relayDuring(async () => {
    await change(USERS);
    await vi.waitFor(() => expect(notified.length).toBeGreaterThan(20), LIMIT);
    await stack.supabase.database.stop();
    await stack.supabase.database.start();
  });
  expect(distinct(notified)).toEqual(everyone);
});

test("a user that Kinde always refuses delays no other user, and the user's message becomes a dead letter in the end", async () => {
  const refused = userId(1);
  answerCall = (user) => ({ status: user === refused ? 400 : 200 });
  await change(50);
  const relay = newRelay();
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    expect(await dead()).toEqual([]);
    await relay.relayBatch();
    await showTakenMessages();
  }
  expect(distinct(notified)).toEqual(everyone.slice(1, 50));
  expect(await dead()).toEqual([refused]);
  answerCall = () => ({ status: 200 });
  await sql("select public.retry_dead_claim_changes()");
  await relayDuring(async () => undefined);
  expect(notified.at(-1)).toBe(refused);
});

test("200 changes of one user cause at most 200 calls, few if the relay starts later, and the last call comes after the last change", async () => {
  let calls = 0;
  let lastCall = 0;
  let lastChange = 0;
  answerCall = () => {
    calls += 1;
    lastCall = performance.now();
    return { status: 200 };
  };
  await relayDuring(async () => {
    for (let n = 0; n < 200; n += 1) {
      lastChange = performance.now();
      await change(1);
    }
  });
  expect(lastCall).toBeGreaterThan(lastChange);
  expect(calls).toBeLessThanOrEqual(200);
  for (let n = 0; n < 200; n += 1) await change(1);
  calls = 0;
  await relayDuring(async () => undefined);
  expect(calls).toBeLessThanOrEqual(4);
});
