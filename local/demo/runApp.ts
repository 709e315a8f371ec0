import { Interrupted } from "../start/errors.ts";
import { showProgress } from "../start/progress.ts";
import { nameProject, readExternalProject, rightsOf } from "./externalProject.ts";
import { measure, toTable } from "./measure.ts";
import { type AppOptions, readVariables } from "./options.ts";
import { portProblem } from "./portProblem.ts";
import { runHosted } from "./runHosted.ts";
import { startLocalApp } from "./startLocalApp.ts";

/**
 * `npm run app`: everything on this machine, or the app alone in front of hosted services.
 *
 * @throws UsageError, LocalStackError
 */
export async function runApp(options: AppOptions): Promise<void> {
  const variables = readVariables(options.envFile);
  if (options.measure) return runMeasure(options);
  const stopped = stopSignal();
  if (variables.KINDE_DOMAIN?.trim()) return runHosted(options, variables, aborted(stopped));

  const supabase = readExternalProject(options);
  if (supabase) nameProject(supabase.SUPABASE_URL, rightsOf(options), options);
  const progress = showProgress();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const app = await startLocalApp({
    supabase,
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
    signal: stopped,
  })
    .catch((error: unknown) => {
      throw stopped.aborted ? stopped.reason : portProblem(error);
    })
    .finally(progress.done);
  if (options.json) {
    const { app: client, machine } = app.kinde;
    const kinde = { url: app.kinde.url, app: client, machine };
    process.stdout.write(`${JSON.stringify({ url: app.url, kinde })}\n`);
  } else {
    process.stdout.write(`\nOpen ${app.url}\n\nRunning until Ctrl-C.\n`);
  }
  await aborted(stopped);
  await app.stop();
}

async function runMeasure(options: AppOptions): Promise<void> {
  const progress = showProgress();
  const measurements = await measure(options.runs, progress.step).finally(progress.done);
  process.stdout.write(
    options.json ? `${JSON.stringify({ measurements })}\n` : toTable(measurements),
  );
}

function stopSignal(): AbortSignal {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => stopped.abort(new Interrupted(signal)));
  }
  return stopped.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
