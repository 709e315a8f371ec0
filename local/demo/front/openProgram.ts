import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../../command/install.js";
import { close, listen } from "../../http/listen.ts";
import { startGuard } from "../../supabase/guard.ts";
import { LocalStackError } from "../../supabase/index.ts";
import { startServer, untilReady } from "../../supabase/server.ts";
import { temporaryFolder } from "../../supabase/temporaryFolder.ts";
import { buildExample } from "./buildExample.ts";
import type { ExampleProgram } from "./programs.ts";
import type { AppInFront } from "./types.ts";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
const READY_LIMIT_MS = 60_000;

export interface OpenProgramOptions {
  readonly port: number | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Installs and builds an example that is a program of its own, where that is necessary, and finds a
 * port for it.
 *
 * @throws LocalStackError if it cannot be installed or built
 */
export async function openProgram(
  program: ExampleProgram,
  options: OpenProgramOptions,
): Promise<AppInFront> {
  const { signal, onProgress = () => undefined } = options;
  const source = join(EXAMPLES, program.name);
  const port = options.port ?? (await freePort());
  onProgress(`Installing examples/${program.name}`);
  if (!(await installDependencies(source))) {
    throw new LocalStackError(`examples/${program.name}`, "it could not be installed.");
  }
  signal?.throwIfAborted();
  await buildExample(program, source, onProgress);
  signal?.throwIfAborted();
  const folder = temporaryFolder("example-", undefined);
  const guard = startGuard(folder);

  return {
    port,
    callbackPaths: program.callbackPaths,
    logoutPaths: program.logoutPaths,
    receivesWebhooks: false,
    async start({ url, kinde, project }) {
      onProgress(`Starting examples/${program.name}`);
      const settings = { url, port, kinde, supabase: project };
      const { PATH = "", HOME = "" } = process.env;
      const server = await startServer(
        {
          part: `examples/${program.name}`,
          file: process.execPath,
          args: [...program.start(port)],
          env: { PATH, HOME, NODE_ENV: "production", ...program.environment(settings) },
          cwd: source,
          log: join(folder, "app.log"),
          stopSignal: "SIGTERM",
        },
        guard,
      );
      const limit = { limitMs: READY_LIMIT_MS, signal };
      await untilReady(`examples/${program.name}`, server, () => answers(port), limit);
    },
    async stop() {
      await guard.finish();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const response = await fetch(`http://localhost:${port}/`, { redirect: "manual" }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  return response !== undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}
