import { createKinde } from "kinde-local";
import { demoUsers } from "../../../local/demo/demoUsers.ts";
import { type LocalKinde, startIssuer, workflowOf } from "../../../local/issuer/index.ts";
import { startFunctions } from "../../../local/supabase/functions/index.ts";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";
import { REPOSITORY } from "./copyRepository.ts";

/** A project without its own server: Supabase, its edge functions on Deno, and Kinde. */
export interface FunctionsWorld {
  readonly supabase: LocalSupabase;
  readonly kinde: LocalKinde;
  readonly log: string[];
  stop(): Promise<void>;
}

/**
 * Starts Supabase, its edge functions and Kinde.
 *
 * @param project the folder that holds `supabase/`, with the functions
 * @param deno Deno's program
 */
export async function startFunctionsWorld(project: string, deno: string): Promise<FunctionsWorld> {
  const log: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const supabase = await startSupabase({ project, standIns: true });
    ends.push(supabase.stop);
    const runtime = createKinde({
      project: REPOSITORY,
      env: { SUPABASE_URL: supabase.url, SUPABASE_SECRET_KEY: supabase.workflowKey },
    });
    ends.push(() => runtime.close());
    const kinde = await startIssuer({
      workflow: workflowOf(runtime),
      redirectUris: ["http://127.0.0.1:9/callback"],
      logoutUris: ["http://127.0.0.1:9/"],
      users: await demoUsers(supabase.databaseUrl),
      webhook: { url: `${supabase.url}/functions/v1/kinde-webhook` },
      log: (line) => void log.push(line),
    });
    ends.push(kinde.stop);
    const access = { domain: kinde.url, ...kinde.machine };
    const functions = await startFunctions({
      ...{ supabase, kinde: access, deno },
      log: (line) => void log.push(line),
    });
    ends.push(functions.stop);
    if (functions.runsOn !== "Deno") throw new Error(`not on Deno: ${log.join(" | ")}`);
    return { supabase, kinde, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
