import { Client } from "pg";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { WrongResult } from "./checks.ts";
import { explain } from "./plan.ts";
import { type Summary, summarize } from "./statistics.ts";
import { TUTORIAL } from "./tables.ts";

/** The pages that one lookup reads, the server's time for it, and the steps of its plan. */
export interface LookupCost {
  pages: Summary;
  ms: Summary;
  steps: string;
}

const SAMPLES = 50;
const LIMIT_MS = 5000;

/** Looks users up in both tables, each with the role that its workflow has. */
export async function measureLookups(
  supabase: LocalSupabase,
  nextUser: () => string,
): Promise<{ ours: LookupCost; tutorial: LookupCost }> {
  const ours = (id: string) =>
    `select kinde_id, lifetime_subscriber, profile_complete from public.profiles where kinde_id = '${id}' limit 2`;
  const tutorial = (id: string) => `select * from ${TUTORIAL.name} where kinde_id = '${id}'`;
  return {
    ours: await measure(supabase, "kinde_workflow", ours, nextUser),
    tutorial: await measure(supabase, "anon", tutorial, nextUser),
  };
}

async function measure(
  supabase: LocalSupabase,
  role: string,
  statement: (id: string) => string,
  nextUser: () => string,
): Promise<LookupCost> {
  // As PostgREST does: connect as authenticator, then switch to the role.
  const client = new Client({ connectionString: supabase.superuserUrl });
  await client.connect();
  try {
    await client.query(`set session authorization authenticator`);
    await client.query(`set role ${role}`);
    for (let i = 0; i < 5; i += 1) await client.query(statement(nextUser()));
    const plans = [];
    const until = performance.now() + LIMIT_MS;
    while (plans.length < SAMPLES && (plans.length < 5 || performance.now() < until)) {
      const plan = await explain(client, statement(nextUser()));
      if (plan.rows !== 1) throw new WrongResult(`the lookup as ${role} found ${plan.rows} rows.`);
      plans.push(plan);
    }
    return {
      pages: summarize(plans.map(({ pages }) => pages)),
      ms: summarize(plans.map(({ ms }) => ms)),
      steps: plans.at(-1)?.steps ?? "",
    };
  } finally {
    await client.end();
  }
}
