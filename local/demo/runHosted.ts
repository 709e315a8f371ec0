import { createServer } from "node:http";
import { ConfigError, readAddress, readAppConfig } from "../../examples/express/config.ts";
import { createApp } from "../../examples/express/createApp.ts";
import { UsageError } from "../command/errors.ts";
import { close, listen } from "../http/listen.ts";
import { nameProject } from "./externalProject.ts";
import type { AppOptions } from "./options.ts";
import { portProblem } from "./portProblem.ts";

/** The options that work only with the local Kinde. */
const LOCAL_ONLY = {
  kindePort: "--kinde-port",
  freshness: "--freshness",
  tokenSeconds: "--token-seconds",
  allowWrites: "--allow-writes",
} as const;

/**
 * Runs the app alone, in front of hosted services, until Ctrl-C.
 *
 * @throws UsageError
 */
export async function runHosted(
  options: AppOptions,
  variables: NodeJS.Dict<string>,
  stopped: Promise<void>,
): Promise<void> {
  const names = Object.keys(LOCAL_ONLY) as (keyof typeof LOCAL_ONLY)[];
  const refused = names.find((name) => options[name] !== undefined);
  if (refused) {
    throw new UsageError(
      `${LOCAL_ONLY[refused]} works only with the local Kinde, but KINDE_DOMAIN names a hosted Kinde.`,
    );
  }
  const { url, supabaseUrl, port, host, app } = createHostedApp(options, variables);
  const server = createServer(app);
  await listen(server, port, host).catch((error: unknown) => {
    throw portProblem(error);
  });
  nameProject(supabaseUrl, "this app reads and writes its rows", options);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ url })}\n`
      : `\nOpen ${url}\n\nKinde must know ${url}/callback and, after signing out, ${url}/\nRunning until Ctrl-C.\n`,
  );
  await stopped;
  await close(server);
}

function createHostedApp(options: AppOptions, variables: NodeJS.Dict<string>) {
  try {
    const PORT = options.port === undefined ? variables.PORT : String(options.port);
    const { port, host } = readAddress({ ...variables, PORT });
    const APP_URL = variables.APP_URL?.trim() || `http://localhost:${port}`;
    const config = readAppConfig({ ...variables, APP_URL });
    const app = createApp(config, (line) => process.stderr.write(`${line}\n`));
    return { url: config.url, supabaseUrl: config.supabase.url, port, host, app };
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}
