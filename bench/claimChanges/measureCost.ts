import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { type LocalSupabase, startSupabase } from "../../local/supabase/index.ts";
import { type Summary, summarize } from "../measure/statistics.ts";

/** The time of a statement with and without the triggers that queue claim changes. */
export interface ClaimChangesCost {
  readonly name: string;
  readonly without: Summary;
  readonly with: Summary;
  /** The median with the triggers, divided by the median without them. */
  readonly ratio: number;
}

interface Case {
  readonly name: string;
  readonly run: (turn: number) => Promise<unknown>;
  /** Samples in one turn. */
  readonly times: number;
}

const TRIGGERS = ["inserted", "updated", "deleted", "truncated"].map(
  (name) => `profiles_queue_${name}`,
);

/**
 * Measures in turns with the triggers on and off: one statement that updates every row, and the
 * save of one row, each with and without a changed claim. The saves are measured as SQL on an open
 * connection and as requests to the Data API. All times are in milliseconds.
 *
 * @param options.rows how many rows the table has
 * @param options.turns how often the triggers are switched on and off
 */
export async function measureClaimChangesCost({
  rows = 10_000,
  turns = 8,
  onProgress = (_text: string): void => undefined,
} = {}): Promise<ClaimChangesCost[]> {
  const supabase = await startSupabase({ seed: false, onProgress });
  const owner = new Client({ connectionString: supabase.databaseUrl });
  try {
    await owner.connect();
    await owner.query(
      `insert into public.profiles (kinde_id, full_name, company)
       select 'kp_' || md5(n::text), 'Ada', 'AE' from generate_series(1, ${rows}) as n`,
    );
    const cases = casesOf(owner, supabase);
    const samples = cases.map(() => ({ off: [] as number[], on: [] as number[] }));
    for (let turn = 0; turn <= turns; turn += 1) {
      onProgress(`Measuring the triggers, turn ${turn} of ${turns}`);
      for (const [index, one] of cases.entries()) {
        // With and without triggers take turns in going first.
        for (const state of turn % 2 === 0 ? (["off", "on"] as const) : (["on", "off"] as const)) {
          await prepare(owner, state);
          const times = await timesOf(one, turn);
          // The first turn is a warm-up.
          if (turn > 0) samples[index]?.[state].push(...times);
        }
      }
    }
    return cases.map(({ name }, index) => {
      const without = summarize(samples[index]?.off ?? []);
      const with_ = summarize(samples[index]?.on ?? []);
      return { name, without, with: with_, ratio: with_.median / without.median };
    });
  } finally {
    await owner.end();
    await supabase.stop();
  }
}

/** Gives every measurement the same start: no dead rows, an empty queue. */
async function prepare(owner: Client, state: "off" | "on"): Promise<void> {
  const verb = state === "on" ? "enable" : "disable";
  const actions = TRIGGERS.map((trigger) => `${verb} trigger ${trigger}`).join(", ");
  await owner.query(`alter table public.profiles ${actions}; truncate pgmq.q_claim_changes`);
  await owner.query("vacuum (analyze) public.profiles");
}

async function timesOf({ run, times }: Case, turn: number): Promise<number[]> {
  const found: number[] = [];
  // The first run also plans the connection's statements, so it counts only if it is the only one.
  for (let sample = 0; sample <= times; sample += 1) {
    const start = performance.now();
    await run(turn * (times + 1) + sample);
    if (sample > 0 || times === 1) found.push(performance.now() - start);
    if (times === 1) break;
  }
  return found;
}

function casesOf(owner: Client, supabase: LocalSupabase): Case[] {
  const flip = "update public.profiles set lifetime_subscriber = not lifetime_subscriber";
  const rename = "update public.profiles set full_name = ";
  const one = "where kinde_id = 'kp_' || md5('1')";
  const patch = (values: object) => saveByRequest(supabase, values);
  return [
    { name: "every row, a claim changed", times: 1, run: () => owner.query(flip) },
    { name: "every row, no claim changed", times: 1, run: (n) => owner.query(`${rename} '${n}'`) },
    {
      name: "one row by SQL, a claim changed",
      times: 60,
      run: () => owner.query(`${flip} ${one}`),
    },
    {
      name: "one row by SQL, no claim changed",
      times: 60,
      run: (n) => owner.query(`${rename} '${n}' ${one}`),
    },
    {
      name: "one row by request, a claim changed",
      times: 60,
      run: (n) => patch({ lifetime_subscriber: n % 2 === 0 }),
    },
    {
      name: "one row by request, no claim changed",
      times: 60,
      run: (n) => patch({ full_name: String(n) }),
    },
  ];
}

async function saveByRequest({ url, secretKey }: LocalSupabase, values: object): Promise<void> {
  // md5('1'), the id of the first row.
  const id = "kp_c4ca4238a0b923820dcc509a6f75849b";
  const response = await fetch(`${url}/rest/v1/profiles?kinde_id=eq.${id}`, {
    method: "PATCH",
    headers: { apikey: secretKey, "content-type": "application/json" },
    body: JSON.stringify(values),
  });
  await response.arrayBuffer();
  if (response.status !== 204) throw new Error(`The save was answered with ${response.status}.`);
}
