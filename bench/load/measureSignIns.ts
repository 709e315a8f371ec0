import { Client } from "pg";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { bareGet, openWorkflows, type Workflows } from "../measure/subjects.ts";
import { subscribedUsers } from "../measure/users.ts";
import type { BenchOptions } from "../options.ts";
import type { Progress, SignInReport } from "../report/types.ts";
import { keepBusy, rateOf } from "./keepBusy.ts";
import { signInAtOnce } from "./signIns.ts";

/** Signs many users in at once with each workflow, with and without a restart of the database. */
export async function measureSignIns(
  supabase: LocalSupabase,
  rows: number,
  { concurrent, seconds }: BenchOptions,
  progress: Progress,
): Promise<SignInReport> {
  progress(`Opening ${concurrent} realms for sign-ins at once`);
  // A realm waits for its answer, so each concurrent sign-in needs its own realm.
  const workflows: Workflows[] = Array.from({ length: concurrent }, () => openWorkflows(supabase));
  const nextUser = subscribedUsers(rows);
  const restart = supabase.database;
  const superuser = new Client({ connectionString: supabase.superuserUrl });
  superuser.on("error", () => undefined);
  const signIn = (workflow: "ours" | "tutorial", withRestart: boolean) => {
    progress(
      `${concurrent} sign-ins at once, ${workflow}${withRestart ? ", the database restarted" : ""}: ${seconds} s`,
    );
    const options = withRestart ? { seconds, superuser, restart } : { seconds, superuser };
    return signInAtOnce(workflows, workflow, nextUser, options);
  };
  try {
    await superuser.connect();
    progress(`${concurrent} bare GETs at once: ${seconds} s`);
    const get = bareGet(supabase);
    const gets = Array.from({ length: concurrent }, () => () => get(nextUser()));
    const busy = await keepBusy(gets, { seconds, superuser });
    const cpuMs = busy.databaseCpuMs;
    return {
      get: {
        ...{ concurrent, ...rateOf(busy.done, busy.seconds) },
        databaseCpuMs: cpuMs === null ? null : cpuMs / busy.done.length,
      },
      ours: await signIn("ours", false),
      tutorial: await signIn("tutorial", false),
      oursWithRestart: await signIn("ours", true),
      tutorialWithRestart: await signIn("tutorial", true),
    };
  } finally {
    await superuser.end().catch(() => undefined);
    await Promise.all(workflows.map((each) => each.close()));
  }
}
