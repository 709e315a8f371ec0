import { createServer } from "node:http";
import { ConfigError, readAppConfig } from "../../app/config.ts";
import { createApp } from "../../app/createApp.ts";
import { Interrupted, UsageError } from "../start/errors.ts";
import { readHostedSettings } from "../start/hosted.ts";
import { showProgress } from "../start/progress.ts";
import { measure, toTable } from "./measure.ts";
import { type AppOptions, readVariables } from "./options.ts";
import { close, listen, startLocalApp } from "./startLocalApp.ts";

/**
 * `npm run app`: everything on this machine, or the app alone in front of hosted services.
 *
 * @throws UsageError, LocalStackError
 */
export async function runApp(options: AppOptions): Promise<void> {
  const variables = readVariables(options.envFile);
  if (options.measure) return runMeasure(options);
  const stopped = stopSignal();
  if (variables.KINDE_DOMAIN?.trim()) return runHosted(options, variables, stopped);

  const progress = showProgress();
  const supabase = readHostedSettings(options.envFile);
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const app = await startLocalApp({
    supabase,
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

async function runHosted(
  options: AppOptions,
  variables: NodeJS.Dict<string>,
  stopped: AbortSignal,
): Promise<void> {
  const port = options.port ?? Number(variables.PORT ?? 3000);
  const url = variables.APP_URL?.trim() || `http://localhost:${port}`;
  const { config, app } = createHostedApp({ ...variables, APP_URL: url });
  const server = createServer(app);
  await listen(server, port).catch((error: unknown) => {
    throw portProblem(error);
  });
  process.stdout.write(
    `\nOpen ${config.url}\n\nKinde must know ${config.url}/callback and, after signing out, ${config.url}/\nRunning until Ctrl-C.\n`,
  );
  await aborted(stopped);
  await close(server);
}

function createHostedApp(variables: NodeJS.Dict<string>) {
  try {
    const config = readAppConfig(variables);
    return { config, app: createApp(config, (line) => process.stderr.write(`${line}\n`)) };
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}

/** A port that cannot be had is the user's to change; any other error stays what it is. */
function portProblem(error: unknown): unknown {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE" || code === "EACCES") {
    const why = code === "EADDRINUSE" ? "is taken" : "may not be used by this user";
    return new UsageError(`Port ${port} ${why}. Name another, or none to get a free one.`);
  }
  return error;
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
