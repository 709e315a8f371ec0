import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "../guard.ts";
import { type Server, startServer, untilReady } from "../server.ts";
import { denoCommand } from "./denoCommand.ts";
import type { FunctionSettings } from "./settings.ts";

/** The first start fetches the function's packages from npm. */
const READY_LIMIT_MS = 60_000;

export interface ServeOptions {
  /** Deno's program, from `findDeno`. */
  readonly deno: string;
  readonly settings: FunctionSettings;
}

/** The edge functions of a project, each in a Deno process of its own. */
export interface FunctionServer {
  readonly names: readonly string[];
  /** Where a function listens; undefined for a name that is not a function's. */
  portOf(name: string): number | undefined;
  /** What a function printed, the last line last. */
  logLines(name: string): string[];
  stop(): Promise<void>;
}

/**
 * Starts the functions of a project.
 *
 * @throws LocalStackError if one does not start; nothing is left running then
 */
export async function serveFunctions(
  { deno, settings }: ServeOptions,
  stack: {
    readonly project: string;
    readonly folder: string;
    readonly guard: Guard;
    readonly url: string;
    readonly secretKey: string;
  },
): Promise<FunctionServer> {
  const { project, guard, ...rest } = stack;
  const servers = new Map<string, { server: Server; port: number }>();
  const stop = async () => {
    await Promise.all([...servers.values()].map(({ server }) => server.stop()));
  };
  const names = functionNames(project);
  try {
    await Promise.all(
      names.map(async (name) => {
        const source = join(project, "supabase/functions", name);
        const command = denoCommand({ name, source, deno, settings, ...rest });
        const server = await startServer(command, guard);
        servers.set(name, { server, port: 0 });
        const ready = async () => portIn(server) !== undefined;
        await untilReady("edge functions", server, ready, { limitMs: READY_LIMIT_MS });
        servers.set(name, { server, port: portIn(server) ?? 0 });
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    names,
    portOf: (name) => servers.get(name)?.port,
    logLines: (name) => servers.get(name)?.server.logLines() ?? [],
    stop,
  };
}

/** The functions, as the Supabase CLI finds them: folders with an `index.ts`, and not `_shared`. */
function functionNames(project: string): string[] {
  const folder = join(project, "supabase/functions");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(
    (name) => /^[A-Za-z][\w-]*$/.test(name) && existsSync(join(folder, name, "index.ts")),
  );
}

function portIn(server: Server): number | undefined {
  const [, port] = /^listening on port (\d+)$/.exec(server.logLines()[0] ?? "") ?? [];
  return port === undefined ? undefined : Number(port);
}
