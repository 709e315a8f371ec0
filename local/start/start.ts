import { createKinde, type Kinde, KindeError } from "kinde-local";
import { UsageError } from "../command/errors.ts";
import { showProgress } from "../command/progress.ts";
import { aborted, interruption } from "../command/signals.ts";
import { checkTemporaryFolder, type LocalSupabase, startSupabase } from "../supabase/index.ts";
import { readHostedSettings, type WorkflowVariables } from "./hosted.ts";
import type { StartOptions } from "./options.ts";
import { type Source, toConnection, toJson, toTable } from "./report.ts";
import { runForUsers, type UserRun } from "./runForUsers.ts";
import { tokenWorkflow } from "./tokenWorkflow.ts";
import { seededUsers, USER_WITHOUT_ROW } from "./users.ts";

/**
 * `npm start`: runs the workflow for each user, with the local Supabase or a hosted one.
 *
 * @returns whether the workflow succeeded for every user
 * @throws UsageError, LocalStackError
 */
export async function start(options: StartOptions): Promise<boolean> {
  const hosted = readHostedSettings(options.envFile);
  // `startSupabase` needs the temporary folder. It is checked here already, because kinde-local
  // starts its process in this folder, too, and would fail first.
  if (hosted === undefined) checkTemporaryFolder();
  const kinde = createKinde({ project: process.cwd() });
  try {
    const workflow = await tokenWorkflow(kinde);
    return hosted === undefined
      ? await startLocal(options, kinde, workflow)
      : await startHosted(options, kinde, workflow, hosted);
  } catch (error) {
    throw error instanceof KindeError ? new UsageError(error.message) : error;
  } finally {
    await kinde.close();
  }
}

async function startHosted(
  options: StartOptions,
  kinde: Kinde,
  workflow: string,
  variables: WorkflowVariables,
): Promise<boolean> {
  if (options.keep || options.port !== undefined) {
    const flag = options.keep ? "--keep" : "--port";
    throw new UsageError(
      `${flag} works only with the local Supabase, but SUPABASE_URL names another project.`,
    );
  }
  if (options.user.length === 0) {
    throw new UsageError("A hosted project needs a user to look up: add --user kp_….");
  }
  const runs = await runForUsers(kinde, workflow, options.user, variables);
  print(options, runs, { url: variables.SUPABASE_URL ?? "" });
  return runs.every(succeeded);
}

async function startLocal(options: StartOptions, kinde: Kinde, workflow: string): Promise<boolean> {
  const interrupted = interruption();
  const progress = showProgress();
  let supabase: LocalSupabase | undefined;
  try {
    supabase = await startSupabase({
      project: process.cwd(),
      standIns: options.keep,
      ...(options.port === undefined ? {} : { port: options.port }),
      onProgress: progress.step,
      signal: interrupted,
    });
    progress.step("Running the workflow");
    const users =
      options.user.length > 0
        ? options.user
        : [...(await seededUsers(supabase.databaseUrl)), USER_WITHOUT_ROW];
    const runs = await runForUsers(kinde, workflow, users, {
      SUPABASE_URL: supabase.url,
      SUPABASE_SECRET_KEY: supabase.workflowKey,
    });
    progress.done();
    print(options, runs, connectionOf(supabase));
    if (options.keep) {
      // Loaded only here: a run without --keep starts sooner.
      const { relayChanges } = await import("./relayChanges.ts");
      const relay = await relayChanges(supabase, process.env);
      await aborted(interrupted);
      await relay?.stop();
    }
    return runs.every(succeeded);
  } catch (error) {
    throw interrupted.aborted ? interrupted.reason : error;
  } finally {
    progress.done();
    await supabase?.stop();
  }
}

function print(options: StartOptions, runs: readonly UserRun[], source: Source): void {
  if (options.json) {
    process.stdout.write(toJson(runs, source));
    return;
  }
  process.stdout.write(toTable(runs, { wholeIds: options.keep }));
  if (options.keep) {
    process.stdout.write(toConnection(source));
  }
}

function connectionOf(supabase: LocalSupabase): Source {
  const { url, publishableKey, secretKey, workflowKey } = supabase;
  const { anonJwt, serviceRoleJwt, jwtSecret, databaseUrl } = supabase;
  const keys = { publishableKey, secretKey, workflowKey, anonJwt, serviceRoleJwt, jwtSecret };
  return { url, ...keys, databaseUrl };
}

function succeeded(run: UserRun): boolean {
  return run.outcome === "found" || run.outcome === "missing";
}
