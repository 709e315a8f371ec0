import { cpus, loadavg } from "node:os";
import { Client } from "pg";
import { type LocalSupabase, startSupabase } from "../local/supabase/index.ts";
import { measureSignIns } from "./load/measureSignIns.ts";
import { checked } from "./measure/checks.ts";
import { measureLookups } from "./measure/lookup.ts";
import { measureInTurns } from "./measure/measureInTurns.ts";
import { bareGet, openWorkflows } from "./measure/subjects.ts";
import { createTutorialTable, fill, OURS, sizeOf, TUTORIAL } from "./measure/tables.ts";
import { subscribedUsers } from "./measure/users.ts";
import { countingProxy } from "./measure/wire.ts";
import type { BenchOptions } from "./options.ts";
import type { Progress, Report, SignInReport, SizeReport } from "./report/types.ts";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const LARGE = 10_000_000;
/** The rows of the small table. Our workflow's times are compared with its times on this table. */
const SMALL = 1_000;
/** Sign-ins are measured with the largest number of rows up to this limit. */
const SIGN_IN_ROWS = 1_000_000;
const WIRE_RUNS = 50;

/**
 * Starts a stack, measures everything in it, and stops it.
 *
 * @param keep receives the report so far after each size, so that a failure does not lose it
 */
export async function runBench(
  options: BenchOptions,
  progress: Progress,
  keep: (report: Report) => void,
): Promise<Report> {
  const supabase = await startSupabase({ seed: false, onProgress: progress });
  // A small table is measured in the same turns as the growing one, so that a machine that gets
  // busier over the minutes is not mistaken for growth.
  const small = await startSupabase({ seed: false, onProgress: progress }).catch(
    async (error: unknown) => {
      await supabase.stop();
      throw error;
    },
  );
  try {
    await asOwner(small, (owner) => fill(owner, OURS, { from: 1, to: SMALL }));
    const postgres = await asOwner(supabase, async (owner) => {
      await createTutorialTable(owner);
      return String((await owner.query("show server_version")).rows[0].server_version);
    });
    const sizes: SizeReport[] = [];
    let signIns: SignInReport | null = null;
    let filled = 0;
    const wanted = options.rows ?? (options.large ? [...SIZES, LARGE] : SIZES);
    const signInRows = wanted.findLast((rows) => rows <= SIGN_IN_ROWS) ?? wanted[0];
    for (const rows of wanted) {
      const range = { from: filled + 1, to: rows };
      const bytes = await asOwner(supabase, async (owner) => {
        for (const table of [OURS, TUTORIAL]) await fill(owner, table, range, progress);
        return sizeOf(owner, OURS.name);
      });
      filled = rows;
      sizes.push({
        bytes,
        ...(await measureSize(supabase, small, rows, options.samples, progress)),
      });
      if (rows === signInRows && options.signIns) {
        signIns = await measureSignIns(supabase, rows, options, progress);
      }
      keep({ machine: machine(postgres), sizes, wire: null, signIns });
    }
    progress("Counting the requests and bytes of a token");
    const wire = await measureWire(supabase, filled);
    return { machine: machine(postgres), sizes, wire, signIns };
  } finally {
    await Promise.all([supabase.stop(), small.stop()]);
  }
}

/** Opens a connection for one measurement only, because the database is restarted in between. */
async function asOwner<T>(
  supabase: LocalSupabase,
  work: (owner: Client) => Promise<T>,
): Promise<T> {
  const owner = new Client({ connectionString: supabase.databaseUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

async function measureSize(
  supabase: LocalSupabase,
  small: LocalSupabase,
  rows: number,
  most: number,
  progress: Progress,
): Promise<Omit<SizeReport, "bytes">> {
  const nextUser = subscribedUsers(rows);
  progress(`Looking users up among ${rows.toLocaleString("en")} rows`);
  const lookup = await measureLookups(supabase, nextUser);
  progress(`Running the workflows on ${rows.toLocaleString("en")} rows`);
  const workflows = checked(openWorkflows(supabase));
  const onSmall = checked(openWorkflows(small));
  try {
    const { ours, tutorial, requestOnly, empty } = workflows;
    const smallUser = subscribedUsers(SMALL);
    const oursSmall = () => onSmall.ours(smallUser());
    const subjects = { ours, oursSmall, tutorial, get: bareGet(supabase), requestOnly, empty };
    return { rows, lookup, workflow: await measureInTurns(subjects, nextUser, { most }) };
  } finally {
    await Promise.all([workflows.close(), onSmall.close()]);
  }
}

async function measureWire(supabase: LocalSupabase, rows: number): Promise<Report["wire"]> {
  const proxy = await countingProxy(supabase.url);
  const workflows = checked(openWorkflows(supabase, proxy.url));
  const nextUser = subscribedUsers(rows);
  const get = bareGet(supabase, proxy.url);
  try {
    return {
      ours: await proxy.measure(WIRE_RUNS, () => workflows.ours(nextUser())),
      tutorial: await proxy.measure(5, () => workflows.tutorial(nextUser())),
      get: await proxy.measure(WIRE_RUNS, () => get(nextUser())),
    };
  } finally {
    await workflows.close();
    await proxy.close();
  }
}

function machine(postgres: string): Report["machine"] {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  const busy = loadavg()[0] ?? 0;
  return { cpus: processors.length, model, node: process.versions.node, postgres, busy };
}
