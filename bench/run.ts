import { cpus, loadavg } from "node:os";
import { Client } from "pg";
import { type LocalSupabase, startSupabase } from "../local/supabase/index.ts";
import { measureLookups } from "./lookup.ts";
import { measureInTurns } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import type { Report, SizeReport } from "./report.ts";
import { signInAtOnce } from "./signIns.ts";
import { bareGet, openWorkflows, type Workflows } from "./subjects.ts";
import { createTutorialTable, fill, OURS, TUTORIAL } from "./tables.ts";
import { subscribedUsers } from "./users.ts";
import { countingProxy } from "./wire.ts";

const SIZES = [1_000, 1_000_000];
const LARGE = 10_000_000;
/** The number of rows that the sign-ins are measured with. */
const SIGN_IN_ROWS = 1_000_000;
const WIRE_RUNS = 50;

/** Starts a stack, measures everything in it, and ends it. */
export async function runBench(options: BenchOptions, progress: Progress): Promise<Report> {
  const supabase = await startSupabase({ seed: false, onProgress: progress });
  const owner = new Client({ connectionString: supabase.databaseUrl });
  // The database is restarted under it in the end.
  owner.on("error", () => undefined);
  try {
    await owner.connect();
    await createTutorialTable(owner);
    const postgres = String((await owner.query("show server_version")).rows[0].server_version);
    const sizes: SizeReport[] = [];
    let signIns: Report["signIns"] = null;
    let filled = 0;
    for (const rows of options.large ? [...SIZES, LARGE] : SIZES) {
      progress(`Filling both tables up to ${rows.toLocaleString("en")} rows`);
      for (const table of [OURS, TUTORIAL]) {
        await fill(owner, table, { from: filled + 1, to: rows });
      }
      filled = rows;
      sizes.push(await measureSize(supabase, rows, progress));
      if (rows === SIGN_IN_ROWS && options.signIns) {
        signIns = await measureSignIns(supabase, rows, options, progress);
      }
    }
    progress("Counting what goes over the wire");
    const wire = await measureWire(supabase, filled);
    return { machine: machine(postgres), sizes, wire, signIns };
  } finally {
    await owner.end().catch(() => undefined);
    await supabase.stop();
  }
}

async function measureSize(
  supabase: LocalSupabase,
  rows: number,
  progress: Progress,
): Promise<SizeReport> {
  const nextUser = subscribedUsers(rows);
  progress(`Looking users up among ${rows.toLocaleString("en")} rows`);
  const lookup = await measureLookups(supabase, nextUser);
  progress(`Running the workflows on ${rows.toLocaleString("en")} rows`);
  const workflows = openWorkflows(supabase);
  try {
    const { ours, tutorial, requestOnly, empty } = workflows;
    const subjects = { ours, tutorial, get: bareGet(supabase), requestOnly, empty };
    return { rows, lookup, workflow: await measureInTurns(subjects, nextUser) };
  } finally {
    await workflows.close();
  }
}

async function measureWire(supabase: LocalSupabase, rows: number): Promise<Report["wire"]> {
  const proxy = await countingProxy(supabase.url);
  const workflows = openWorkflows(supabase, proxy.url);
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

async function measureSignIns(
  supabase: LocalSupabase,
  rows: number,
  { concurrent, seconds }: BenchOptions,
  progress: Progress,
): Promise<Report["signIns"]> {
  progress(`Opening ${concurrent} realms for sign-ins at once`);
  // A realm waits for its answer, so as many are needed as people sign in at the same time.
  const workflows: Workflows[] = Array.from({ length: concurrent }, () => openWorkflows(supabase));
  const nextUser = subscribedUsers(rows);
  const restart = supabase.database;
  const signIn = (workflow: "ours" | "tutorial", withRestart: boolean) => {
    progress(
      `${concurrent} sign-ins at once, ${workflow}${withRestart ? ", the database restarted" : ""}: ${seconds} s`,
    );
    const options = withRestart ? { seconds, restart } : { seconds };
    return signInAtOnce(workflows, workflow, nextUser, options);
  };
  try {
    return {
      ours: await signIn("ours", false),
      tutorial: await signIn("tutorial", false),
      oursWithRestart: await signIn("ours", true),
      tutorialWithRestart: await signIn("tutorial", true),
    };
  } finally {
    await Promise.all(workflows.map((each) => each.close()));
  }
}

function machine(postgres: string): Report["machine"] {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  const busy = loadavg()[0] ?? 0;
  return { cpus: processors.length, model, node: process.versions.node, postgres, busy };
}
