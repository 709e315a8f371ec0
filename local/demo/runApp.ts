import open from "open";
import { readVariables } from "../command/envFile.ts";
import { UsageError } from "../command/errors.ts";
import { showProgress } from "../command/progress.ts";
import { aborted, interruption } from "../command/signals.ts";
import { findDeno } from "../supabase/functions/index.ts";
import { nameProject, readExternalProject, rightsOf } from "./externalProject.ts";
import { measure, toTable } from "./measure.ts";
import type { AppOptions } from "./options.ts";
import { portProblem } from "./portProblem.ts";
import { runHosted } from "./runHosted.ts";
import { startLocalApp } from "./startLocalApp.ts";
import { welcomeText } from "./welcomeText.ts";

/**
 * `npm run app`: everything on this machine, or everything but Supabase (with an external project),
 * or the app alone in front of hosted services.
 *
 * @throws UsageError, LocalStackError
 */
export async function runApp(options: AppOptions): Promise<void> {
  const variables = readVariables(options.envFile);
  if (options.measure) return runMeasure(options);
  const interrupted = interruption();
  if (variables.KINDE_DOMAIN?.trim()) return runHosted(options, variables, aborted(interrupted));

  const supabase = readExternalProject(options);
  if (supabase && options.example !== "express") {
    throw new UsageError("An external Supabase project can be used with --example express only.");
  }
  if (supabase) nameProject(supabase.SUPABASE_URL, rightsOf(options), options);
  const progress = showProgress();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const inspector = options.inspector && supabase === undefined;
  const app = await startLocalApp({
    supabase,
    example: options.example,
    inspector,
    relay: { deno: findDeno() },
    allowWrites: options.allowWrites,
    port: options.port,
    kindePort: options.kindePort,
    freshness: options.freshness,
    accessTokenSeconds: options.tokenSeconds,
    onProgress: progress.step,
    onRun: (run) => {
      for (const { arguments: parts } of run.logs)
        log(`kinde runtime: ${parts.map(String).join(" ")}`);
      if (run.error) log(`kinde runtime: ${run.error.name}: ${run.error.message}`);
    },
    log,
    signal: interrupted,
  })
    .catch((error: unknown) => {
      throw interrupted.aborted ? interrupted.reason : portProblem(error);
    })
    .finally(progress.done);
  if (options.json) {
    const { app: client, machine } = app.kinde;
    const kinde = { url: app.kinde.url, app: client, machine };
    const database = app.supabase?.databaseUrl;
    process.stdout.write(`${JSON.stringify({ url: app.url, kinde, database })}\n`);
  } else {
    process.stdout.write(welcomeText(app, { inspector }));
  }
  if (options.open) await open(app.url);
  await aborted(interrupted);
  await app.stop();
}

async function runMeasure(options: AppOptions): Promise<void> {
  const progress = showProgress();
  const measurements = await measure(options.runs, progress.step).finally(progress.done);
  process.stdout.write(
    options.json ? `${JSON.stringify({ measurements })}\n` : toTable(measurements),
  );
}
